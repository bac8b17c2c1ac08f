using System.Text;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class RegistryCredentialsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lz-credentials-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Find_NoConfiguration_IsAnonymous() =>
        Assert.Same(RegistryLogin.Anonymous, await FindAsync("docker.io"));

    [Fact]
    public async Task Find_BrokenConfiguration_IsAnonymous()
    {
        Configure("{ not json");

        Assert.Same(RegistryLogin.Anonymous, await FindAsync("docker.io"));
    }

    [Fact]
    public async Task Find_DockerHubToken_IsFoundByItsOldKey()
    {
        Configure("""{"auths":{"https://index.docker.io/v1/":{"identitytoken":"t"}}}""");

        Assert.Equal("""{"identitytoken":"t","serveraddress":"https://index.docker.io/v1/"}""", Decode(await FindAsync("docker.io")));
    }

    [UnixFact]
    public async Task Find_Helpers_AreAskedForTheirRegistryOnly()
    {
        Configure("""{"credHelpers":{"r.example":"own"},"credsStore":"store"}""");
        Helper("own", """read r; echo "{\"ServerURL\":\"$r\",\"Username\":\"u\",\"Secret\":\"$r-own\"}" """);
        Helper("store", """read r; echo "{\"ServerURL\":\"$r\",\"Username\":\"<token>\",\"Secret\":\"$r-store\"}" """);

        Assert.Equal("""{"username":"u","password":"r.example-own","serveraddress":"r.example"}""", Decode(await FindAsync("r.example")));
        Assert.Equal("""{"identitytoken":"https://index.docker.io/v1/-store","serveraddress":"https://index.docker.io/v1/"}""", Decode(await FindAsync("docker.io")));
    }

    [UnixFact]
    public async Task Find_HelperHasNone_FallsBackToTheFile()
    {
        Configure($$$"""{"auths":{"r.example":{"auth":"{{{Convert.ToBase64String("a:b"u8)}}}"}},"credsStore":"store"}""");
        Helper("store", "echo 'credentials not found in native keychain'; exit 1");

        Assert.Equal("""{"username":"a","password":"b","serveraddress":"r.example"}""", Decode(await FindAsync("r.example")));
        Assert.Equal(RegistryLogin.Anonymous, await FindAsync("other.example"));
    }

    [UnixFact]
    public async Task Find_HelperFails_SaysWhyWithoutItsOutput()
    {
        Configure("""{"credsStore":"store"}""");
        Helper("store", "echo secret; exit 3");

        Assert.Equal(new RegistryLogin(null, "docker-credential-store: it ended with exit code 3"), await FindAsync("r.example"));
    }

    [UnixFact]
    public async Task Find_HelperHangs_IsEnded()
    {
        Configure("""{"credsStore":"store"}""");
        Helper("store", "exec sleep 600");

        Assert.Equal(new RegistryLogin(null, "docker-credential-store: no answer within 0.3 s"), await FindAsync("r.example", TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task Find_HelperMissing_SaysSo()
    {
        Configure("""{"credsStore":"none"}""");

        var login = await FindAsync("r.example");

        Assert.Null(login.Header);
        Assert.StartsWith("docker-credential-none: ", login.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_HelperNameWithAPath_IsNotRun()
    {
        Configure("""{"credsStore":"../x"}""");

        Assert.Equal(new RegistryLogin(null, "docker-credential-../x: not a name of a credential helper"), await FindAsync("r.example"));
    }

    private static string Decode(RegistryLogin login) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(login.Header!.Replace('-', '+').Replace('_', '/')));

    private void Configure(string json) => File.WriteAllText(Path.Combine(_folder.FullName, "config.json"), json);

    private void Helper(string name, string script)
    {
        var file = Path.Combine(_folder.FullName, "docker-credential-" + name);
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Task<RegistryLogin> FindAsync(string registry, TimeSpan? limit = null) =>
        new RegistryCredentials(_folder.FullName, new CredentialHelper(TimeProvider.System, limit ?? TimeSpan.FromSeconds(20), _folder.FullName))
            .FindAsync(registry, CancellationToken.None);
}
