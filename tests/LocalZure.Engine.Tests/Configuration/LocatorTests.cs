using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Configuration;

public sealed class LocatorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Below => _folder.File("a", "b");

    public LocatorTests() => Directory.CreateDirectory(Below);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("localzure.yml")]
    [InlineData("localzure.yaml")]
    [InlineData(".localzure.yml")]
    public void Find_InAFolderAbove_IsFound(string name)
    {
        File.WriteAllText(_folder.File("a", name), "");

        Assert.Equal(_folder.File("a", name), ConfigurationLocator.Find(null, Variables(), Below));
    }

    [Fact]
    public void Find_SeveralNames_NearestFolderThenFirstName()
    {
        File.WriteAllText(_folder.File("localzure.yml"), "");
        File.WriteAllText(_folder.File("a", ".localzure.yml"), "");
        File.WriteAllText(_folder.File("a", "localzure.yaml"), "");

        Assert.Equal(_folder.File("a", "localzure.yaml"), ConfigurationLocator.Find(null, Variables(), Below));
    }

    [Fact]
    public void Find_Variable_GoesBeforeTheFolderAndAfterTheParameter()
    {
        File.WriteAllText(_folder.File("a", "localzure.yml"), "");
        File.WriteAllText(_folder.File("a", "b", "other.yml"), "");
        File.WriteAllText(_folder.File("third.yml"), "");

        Assert.Equal(_folder.File("a", "b", "other.yml"), ConfigurationLocator.Find(null, Variables("other.yml"), Below));
        Assert.Equal(_folder.File("third.yml"), ConfigurationLocator.Find("../../third.yml", Variables("other.yml"), Below));
        Assert.Equal(_folder.File("a", "localzure.yml"), ConfigurationLocator.Find("..", Variables("other.yml"), Below));
    }

    [Theory]
    [InlineData("none.yml", "The file '")]
    [InlineData(".", "The folder '")]
    [InlineData("", "'' is not a path.")]
    public void Find_NamedAndNotThere_IsAnError(string path, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => ConfigurationLocator.Find(path, Variables(), Below));

        Assert.Equal(ErrorCode.ConfigNotFound, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_FileAndUserFile_AreBothRead()
    {
        File.WriteAllText(_folder.File("localzure.yml"), "project: shop\n");
        var home = _folder.File("home");
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "localzure.yml"), "defaults: { bind: 0.0.0.0 }\n");

        var loaded = await new ConfigurationLoader(Variables(), home, ConfigurationText.Find).LoadAsync(new ConfigurationRequest { Folder = Below }, CancellationToken.None);

        Assert.Equal((_folder.File("localzure.yml"), "shop", "0.0.0.0"), (loaded.File, loaded.Settings.Project, loaded.Settings.Defaults.Bind));
    }

    [Fact]
    public async Task LoadAsync_RelativePaths_BeginAtTheFile()
    {
        File.WriteAllText(_folder.File("localzure.yml"), "services: { web: { image: a, volumes: { ./a: /x, ./c: /y } } }\n");

        var loaded = await new ConfigurationLoader(Variables(), _folder.File("home"), ConfigurationText.Find).LoadAsync(new ConfigurationRequest { Folder = Below }, CancellationToken.None);

        Assert.Equal($"The path '{_folder.File("c")}' to mount does not exist.", Assert.Single(loaded.Errors).Message);
    }

    [Fact]
    public void Snapshots_ThatDifferInAVariableOfAService_AreNotEqual()
    {
        var one = new EnvironmentSnapshot([KeyValuePair.Create("LOCALZURE_BLOB_PORT", "1")]);

        Assert.NotEqual(one, new EnvironmentSnapshot([KeyValuePair.Create("LOCALZURE_BLOB_PORT", "2")]));
        Assert.NotEqual(one, new EnvironmentSnapshot([]));
        Assert.NotEqual(new EnvironmentSnapshot([]), one);
        Assert.Equal(one, new EnvironmentSnapshot([KeyValuePair.Create("LOCALZURE_BLOB_PORT", "1"), KeyValuePair.Create("OTHER", "2")]));
    }

    private static EnvironmentSnapshot Variables(string? file = null) => new(file is null ? [] : [KeyValuePair.Create("LOCALZURE_CONFIG", file)]);
}
