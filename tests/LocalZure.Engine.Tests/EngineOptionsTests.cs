namespace LocalZure.Engine.Tests;

public sealed class EngineOptionsTests
{
    [Theory]
    [InlineData("state")]
    [InlineData("./state")]
    [InlineData("~/state")]
    public void DefaultHome_RelativePath_IsRefused(string home)
    {
        var environment = new EnvironmentSnapshot([KeyValuePair.Create("LOCALZURE_HOME", home)]);

        var error = Assert.Throws<LocalZureException>(() => EngineOptions.DefaultHome(environment));

        Assert.Equal((ErrorCode.ParameterInvalid, $"LOCALZURE_HOME is '{home}', which is not an absolute path."), (error.Code, error.Message));
        Assert.Contains("full path", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultHome_AbsolutePath_IsTaken()
    {
        var home = Path.Combine(Path.GetTempPath(), "one", "..", "state");

        var taken = EngineOptions.DefaultHome(new EnvironmentSnapshot([KeyValuePair.Create("LOCALZURE_HOME", home)]));

        Assert.Equal(Path.Combine(Path.GetTempPath(), "state"), taken);
    }
}
