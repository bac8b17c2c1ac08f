using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Doctor;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Doctor;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Files and homes of other users.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TrustTests : IDisposable
{
    private const uint Other = 65534;

    private readonly TempFolder _folder = new();

    private string Project => _folder.File("project");

    private string Below => _folder.File("project", "src");

    public TrustTests()
    {
        Directory.CreateDirectory(Below);
        File.WriteAllText(_folder.File("project", "localzure.yml"), "services: { blob: {} }");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_OwnFile_IsFound() => Assert.Equal(_folder.File("project", "localzure.yml"), Find());

    [RootFact]
    public void Find_FileOfAnotherUser_IsRefusedWithItsOwnerAndAWayToTrustIt()
    {
        Give(Other, _folder.File("project", "localzure.yml"));

        var error = Assert.Throws<LocalZureException>(() => Find());

        Assert.Equal(ErrorCode.NotTrusted, error.Code);
        Assert.Contains($"'{_folder.File("project", "localzure.yml")}' belongs to the user '{UnixUser.NameOf(Other)}'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"LOCALZURE_TRUST to '{Project}'", error.Remedy, StringComparison.Ordinal);
    }

    [RootFact]
    public void Find_OwnFileInAFolderOfAnotherUser_IsRefused()
    {
        Give(Other, Project);

        Assert.Equal(ErrorCode.NotTrusted, Assert.Throws<LocalZureException>(() => Find()).Code);
    }

    [RootFact]
    public void Find_LinkOfAnotherUserToAnOwnFile_IsRefused()
    {
        File.Move(_folder.File("project", "localzure.yml"), _folder.File("own.yml"));
        File.CreateSymbolicLink(_folder.File("project", "localzure.yml"), _folder.File("own.yml"));
        Give(Other, _folder.File("project", "localzure.yml"));

        Assert.Equal(ErrorCode.NotTrusted, Assert.Throws<LocalZureException>(() => Find()).Code);
    }

    [RootFact]
    public void Find_FileOfWhoCalledSudo_IsFound()
    {
        Give(Other, _folder.File("project", "localzure.yml"), Project);

        Assert.NotNull(Find(("SUDO_UID", Other.ToString(CultureInfo.InvariantCulture))));
        Assert.Throws<LocalZureException>(() => Find(("SUDO_UID", "65533")));
    }

    [RootFact]
    public void Find_TrustedOrNamed_IsFound()
    {
        Give(Other, _folder.File("project", "localzure.yml"));

        Assert.NotNull(Find((Trust.Variable, $"/elsewhere{Path.PathSeparator}{Project}/")));
        Assert.NotNull(Find((Trust.Variable, "*")));
        Assert.NotNull(Find(("LOCALZURE_CONFIG", Project)));
        Assert.NotNull(ConfigurationLocator.Find(Project, Variables(), Below));
        Assert.Throws<LocalZureException>(() => Find((Trust.Variable, _folder.Path)));
    }

    [RootFact]
    public async Task Home_OfAnotherUser_IsRefusedByEveryCallAndToldByTheDoctor()
    {
        var home = _folder.File("home");
        Directory.CreateDirectory(home);
        Give(Other, home);
        var options = new EngineOptions { Home = home, Environment = Variables() };
        await using var engine = new LocalZureEngine(options);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => engine.GetAsync(new ServiceQuery(), new RecordedEvents(), default));
        using var parts = new TestEngine();
        var check = await new HomeCheck().RunAsync(Patients.Of(parts, new PrerequisiteRequest(), options), default);

        Assert.Equal(ErrorCode.NotTrusted, error.Code);
        Assert.Equal((CheckStatus.Failed, error.Message, error.Remedy), (check.Status, check.Message, check.Fix));
        Assert.Empty(Directory.GetFileSystemEntries(home));
        Trust.CheckHome(home, Variables((Trust.Variable, home)));
    }

    [UnixFact]
    public void Home_WritableByEverybody_IsRefused()
    {
        var home = Directory.CreateDirectory(_folder.File("home"));
        home.UnixFileMode |= UnixFileMode.OtherWrite;

        var error = Assert.Throws<LocalZureException>(() => Trust.CheckHome(home.FullName, Variables()));

        Assert.Equal((ErrorCode.NotTrusted, true), (error.Code, error.Remedy.Contains($"chmod o-w {home.FullName}", StringComparison.Ordinal)));
        home.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupWrite;
        Trust.CheckHome(home.FullName, Variables());
        Trust.CheckHome(_folder.File("not-there"), Variables());
    }

    [RootFact]
    public void Refused_FileOfAnotherUser_NamesItsOwner()
    {
        var path = _folder.File("project", "localzure.yml");
        Give(Other, path);

        var error = HomeFolder.Refused(path, new UnauthorizedAccessException($"Access to the path '{path}' is denied."));

        Assert.Equal(ErrorCode.HomeNotWritable, error.Code);
        Assert.EndsWith($"'{path}' belongs to the user '{UnixUser.NameOf(Other)}'.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"sudo chown -R {UnixUser.NameOf(UnixUser.Current)} {path}", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_RefusalOfSomethingInTheHome_IsHomeNotWritable()
    {
        var inside = new UnauthorizedAccessException($"Access to the path '{_folder.File("logs", "x")}' is denied.");
        var outside = new UnauthorizedAccessException("Access to the path '/elsewhere' is denied.");

        Assert.Equal(ErrorCode.HomeNotWritable, Assert.IsType<LocalZureException>(HomeFolder.Explain(_folder.Path, inside)).Code);
        Assert.Same(outside, HomeFolder.Explain(_folder.Path, outside));
    }

    private string? Find(params (string Name, string Value)[] variables) => ConfigurationLocator.Find(null, Variables(variables), Below);

    private static EnvironmentSnapshot Variables(params (string Name, string Value)[] variables) => new(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));

    private static void Give(uint user, params string[] paths)
    {
        using var chown = Process.Start("chown", ["-h", user.ToString(CultureInfo.InvariantCulture), .. paths]);
        chown.WaitForExit();
        Assert.Equal(0, chown.ExitCode);
    }
}
