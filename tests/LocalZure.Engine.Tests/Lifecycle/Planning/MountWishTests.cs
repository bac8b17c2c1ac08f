using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class MountWishTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_Word_IsAVolumeOfOurs() => Assert.Equal(new DesiredMount("cache", null, "/var/cache"), MountWish.Parse("cache", "/var/cache"));

    [Fact]
    public void Parse_Path_IsABindMountWithItsFullPath()
    {
        File.WriteAllText(_folder.File("settings.json"), "{}");

        Assert.Equal(new DesiredMount("", _folder.Path, "/app"), MountWish.Parse(_folder.Path, "/app"));
        Assert.Equal(new DesiredMount("", _folder.File("settings.json"), "/app/settings.json"), MountWish.Parse(_folder.File("x", "..", "settings.json"), "/app/settings.json"));
        Assert.Equal(new DesiredMount("", Directory.GetCurrentDirectory(), "/app"), MountWish.Parse(".", "/app"));
        Assert.Equal(new DesiredMount("", Path.GetDirectoryName(Directory.GetCurrentDirectory()), "/app"), MountWish.Parse("..", "/app"));
    }

    [Theory]
    [InlineData("cache", "", ErrorCode.ParameterInvalid, "'' is not a path inside the container for the mount of 'cache'.")]
    [InlineData("cache", "/", ErrorCode.ParameterInvalid, "'/' is not a path inside the container for the mount of 'cache'.")]
    [InlineData("cache", "var/cache", ErrorCode.ParameterInvalid, "'var/cache' is not a path inside the container for the mount of 'cache'.")]
    [InlineData("cache", "C:\\x", ErrorCode.ParameterInvalid, "'C:\\x' is not a path inside the container for the mount of 'cache'.")]
    [InlineData("cache", "/x:ro", ErrorCode.ParameterInvalid, "'/x:ro' is not a plain path inside the container for the mount of 'cache'.")]
    [InlineData("cache", "/x/../y", ErrorCode.ParameterInvalid, "'/x/../y' is not a plain path inside the container for the mount of 'cache'.")]
    [InlineData("cache", "/x/.", ErrorCode.ParameterInvalid, "'/x/.' is not a plain path inside the container for the mount of 'cache'.")]
    [InlineData("Cache", "/var/cache", ErrorCode.NameInvalid, "'Cache' is not a valid volume name.")]
    [InlineData("", "/var/cache", ErrorCode.NameInvalid, "'' is not a valid volume name.")]
    [InlineData("~", "/var/cache", ErrorCode.NameInvalid, "'~' is not a valid volume name.")]
    public void Parse_SomethingElse_IsRefused(string source, string target, ErrorCode code, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => MountWish.Parse(source, target));

        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Parse_FolderThatIsNotThere_IsRefusedBeforeDockerMakesIt()
    {
        var error = Assert.Throws<LocalZureException>(() => MountWish.Parse(_folder.File("none"), "/app"));

        Assert.Equal((ErrorCode.ParameterInvalid, $"The path '{_folder.File("none")}' to mount at /app does not exist."), (error.Code, error.Message));
        Assert.False(Directory.Exists(_folder.File("none")));
    }
}
