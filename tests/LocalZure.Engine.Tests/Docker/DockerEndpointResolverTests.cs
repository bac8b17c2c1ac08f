using System.Security.Cryptography;
using System.Text;
using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerEndpointResolverTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("lz-home-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Resolve_Linux_ListsThePlatformsSocketFirst()
    {
        var home = _home.FullName;

        Assert.Equal(
            [
                "unix:///var/run/docker.sock", $"unix://{home}/.docker/desktop/docker.sock", "unix:///run/user/7/docker.sock",
                $"unix://{home}/.docker/run/docker.sock", $"unix://{home}/.colima/default/docker.sock", $"unix://{home}/.colima/docker.sock",
                $"unix://{home}/.orbstack/run/docker.sock", $"unix://{home}/.rd/docker.sock", "unix:///run/user/7/podman/podman.sock", "unix:///run/podman/podman.sock",
            ],
            Addresses(DockerPlatform.Linux, ("XDG_RUNTIME_DIR", "/run/user/7")));
    }

    [Fact]
    public void Resolve_MacOS_KnowsItsEngines()
    {
        var home = _home.FullName;

        Assert.Equal(
            [
                "unix:///var/run/docker.sock", $"unix://{home}/.docker/run/docker.sock", $"unix://{home}/.colima/default/docker.sock",
                $"unix://{home}/.colima/docker.sock", $"unix://{home}/.orbstack/run/docker.sock", $"unix://{home}/.rd/docker.sock",
                $"unix://{home}/.local/share/containers/podman/machine/podman.sock",
            ],
            Addresses(DockerPlatform.MacOS));
    }

    [Fact]
    public void Resolve_Windows_ListsPipes() =>
        Assert.Equal(
            ["npipe:////./pipe/docker_engine", "npipe:////./pipe/dockerDesktopLinuxEngine", "npipe:////./pipe/podman-machine-default"],
            Addresses(DockerPlatform.Windows));

    [Fact]
    public void Resolve_DockerHost_IsTheOnlyOne()
    {
        Context("work", """{"Name":"work","Endpoints":{"docker":{"Host":"unix:///work.sock"}}}""");

        var candidate = Assert.Single(Resolve(DockerPlatform.Linux, ("DOCKER_HOST", "tcp://host:1"), ("DOCKER_CONTEXT", "work")));

        Assert.Equal(("tcp://host:1", "DOCKER_HOST", null), (candidate.Address, candidate.Source, candidate.Endpoint!.Tls));
    }

    [Theory]
    [InlineData("DOCKER_TLS_VERIFY", "1", null)]
    [InlineData("DOCKER_CERT_PATH", "/certs", "/certs")]
    public void Resolve_DockerHostWithTls_KnowsTheFolder(string variable, string value, string? folder)
    {
        var candidate = Assert.Single(Resolve(DockerPlatform.Linux, ("DOCKER_HOST", "tcp://host"), (variable, value)));

        Assert.Equal((new DockerTls(folder ?? Path.Combine(_home.FullName, ".docker")), 2376), (candidate.Endpoint!.Tls, candidate.Endpoint.Port));
    }

    [Fact]
    public void Resolve_MalformedDockerHost_IsAProblemAndNothingElse()
    {
        var candidate = Assert.Single(Resolve(DockerPlatform.Linux, ("DOCKER_HOST", "/var/run/docker.sock")));

        Assert.Equal(("/var/run/docker.sock", "DOCKER_HOST", null, true), (candidate.Address, candidate.Source, candidate.Endpoint, candidate.Problem is not null));
    }

    [Fact]
    public void Resolve_CurrentContext_IsTheOnlyOne()
    {
        Configure("""{"currentContext":"work"}""");
        Context("work", """{"Name":"work","Metadata":{},"Endpoints":{"docker":{"Host":"unix:///work.sock","SkipTLSVerify":false}}}""");

        var candidate = Assert.Single(Resolve(DockerPlatform.Linux));

        Assert.Equal(("unix:///work.sock", "Docker context 'work'", true), (candidate.Address, candidate.Source, candidate.IsChosen));
    }

    [Fact]
    public void Resolve_CurrentContextThatIsNotThere_IsAProblemAndNothingElse()
    {
        Configure("""{"currentContext":"gone"}""");

        var candidate = Assert.Single(Resolve(DockerPlatform.Linux));

        Assert.Equal((null, "there is no context of that name"), (candidate.Endpoint, candidate.Problem));
    }

    [Fact]
    public void Resolve_ConfigurationThatCannotBeRead_IsThePlatformsEndpointAlone()
    {
        Configure("{ not json");

        var candidate = Assert.Single(Resolve(DockerPlatform.Linux));

        Assert.Equal(("unix:///var/run/docker.sock", true), (candidate.Address, candidate.IsChosen));
        Assert.Contains("config.json", candidate.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "work")]
    [InlineData("DOCKER_CONTEXT", "other", "other")]
    [InlineData("DOCKER_HOST", "tcp://host:1", null)]
    public void Pin_CurrentContext_IsNamedUnlessAVariableNamesAnother(string? variable, string? value, string? expected)
    {
        Configure("""{"currentContext":"work"}""");

        var pinned = DockerContextStore.Pin(new EnvironmentSnapshot([KeyValuePair.Create(variable ?? "X", value ?? "")]), _home.FullName);

        Assert.Equal(expected, pinned["DOCKER_CONTEXT"]);
    }

    [Fact]
    public void Resolve_NamedContext_IsTheOnlyOne()
    {
        Context("work", """{"Endpoints":{"docker":{"Host":"tcp://host:2376","SkipTLSVerify":true}}}""");

        var candidate = Assert.Single(Resolve(DockerPlatform.Linux, ("DOCKER_CONTEXT", "work")));

        Assert.Equal(("tcp://host:2376", new DockerTls(null, SkipVerify: true)), (candidate.Address, candidate.Endpoint!.Tls));
    }

    [Fact]
    public void Resolve_ContextWithCertificates_UsesItsFolder()
    {
        Context("work", """{"Endpoints":{"docker":{"Host":"tcp://host:2376"}}}""");
        var folder = Path.Combine(_home.FullName, ".docker", "contexts", "tls", Hash("work"), "docker");
        Directory.CreateDirectory(folder);

        Assert.Equal(new DockerTls(folder), Assert.Single(Resolve(DockerPlatform.Linux, ("DOCKER_CONTEXT", "work"))).Endpoint!.Tls);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{ not json")]
    [InlineData("{}")]
    public void Resolve_NamedContextThatCannotBeRead_IsAProblem(string? meta)
    {
        if (meta is not null)
        {
            Context("work", meta);
        }

        var candidate = Assert.Single(Resolve(DockerPlatform.Linux, ("DOCKER_CONTEXT", "work")));

        Assert.Equal(("work", null, true), (candidate.Address, candidate.Endpoint, candidate.Problem is not null));
    }

    [Theory]
    [InlineData("DOCKER_CONTEXT")]
    [InlineData(null)]
    public void Resolve_DefaultContext_MeansTheUsualEndpoints(string? variable)
    {
        Configure("""{"currentContext":"default"}""");

        Assert.Equal("unix:///var/run/docker.sock", Resolve(DockerPlatform.Linux, (variable ?? "X", "default"))[0].Address);
    }

    [Fact]
    public void Resolve_DockerConfig_IsWhereContextsAreReadFrom()
    {
        Context("work", """{"Endpoints":{"docker":{"Host":"unix:///work.sock"}}}""", "elsewhere");

        Assert.Equal(
            ["unix:///work.sock"],
            Addresses(DockerPlatform.Linux, ("DOCKER_CONTEXT", "work"), ("DOCKER_CONFIG", Path.Combine(_home.FullName, "elsewhere"))));
    }

    private static string Hash(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();

    private void Configure(string json)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.FullName, ".docker"));
        File.WriteAllText(Path.Combine(folder.FullName, "config.json"), json);
    }

    private void Context(string name, string json, string configFolder = ".docker")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.FullName, configFolder, "contexts", "meta", Hash(name)));
        File.WriteAllText(Path.Combine(folder.FullName, "meta.json"), json);
    }

    private IReadOnlyList<DockerCandidate> Resolve(DockerPlatform platform, params (string Name, string Value)[] variables) =>
        new DockerEndpointResolver(new EnvironmentSnapshot(variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))), _home.FullName, platform).Resolve();

    private IEnumerable<string> Addresses(DockerPlatform platform, params (string Name, string Value)[] variables) =>
        Resolve(platform, variables).Select(candidate => candidate.Address);
}
