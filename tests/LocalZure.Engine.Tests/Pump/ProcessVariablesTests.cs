using LocalZure.PowerShell.Pipeline;

namespace LocalZure.Engine.Tests.Pump;

public sealed class ProcessVariablesTests
{
    private readonly string _name = $"LZTEST_{Guid.NewGuid():N}";

    private string? Value => Environment.GetEnvironmentVariable(_name);

    [Theory]
    [InlineData(null)]
    [InlineData("before")]
    public void Dispose_BringsBackWhatWasThere(string? before)
    {
        Environment.SetEnvironmentVariable(_name, before);

        using (Set("inside"))
        {
            Assert.Equal("inside", Value);
            Environment.SetEnvironmentVariable(_name, "changed by the block");
        }

        Assert.Equal(before, Value);
        Environment.SetEnvironmentVariable(_name, null);
    }

    [Fact]
    public void Dispose_InAnyOrder_EndsWithWhatWasThereBeforeAll()
    {
        var first = Set("first");
        var second = Set("second");

        first.Dispose();
        Assert.Equal("second", Value);
        using (Set("third"))
        {
            second.Dispose();
            Assert.Equal("third", Value);
        }

        Assert.Null(Value);
    }

    private ProcessVariables Set(string value) => new([KeyValuePair.Create(_name, (string?)value)]);
}
