using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Doctor;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Doctor;

public sealed class CheckTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TestEngine _engine;

    public CheckTests() => _engine = new TestEngine(_time);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Ports_HeldByTheServiceItself_IsFine()
    {
        using var listener = Listen(out var definition, out var port);
        _engine.AddOurs(TestServices.Of(definition));

        var result = await RunAsync(new PortsCheck(), definition);

        Assert.Equal((CheckStatus.Passed, $"The ports {port} are free or held by these services themselves."), (result.Status, result.Message));
    }

    [Fact]
    public async Task Ports_DefaultHeldByAProcess_IsAWarningThatNamesIt()
    {
        using var listener = Listen(out var definition, out var port);

        var result = await RunAsync(new PortsCheck(), definition);

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.StartsWith($"Port {port} (main of demo) is taken by the process '", Assert.Single(result.Details), StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_OfTheSameServiceOfAnotherInstance_IsNotItself()
    {
        using var listener = Listen(out var definition, out _);
        _engine.AddOurs(TestServices.Of(definition, "other"));

        var result = await RunAsync(new PortsCheck(), definition);

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Contains("the container 'localzure-demo-other'", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_AskedForInTheFileAndTaken_Failed()
    {
        using var listener = Listen(out var definition, out var port);
        await File.WriteAllTextAsync(_engine.Home.File("localzure.yml"), $"version: \"0.1.0\"\nservices:\n  demo: {{ port: {port} }}\n");

        var result = await RunAsync(new PortsCheck(), definition, new PrerequisiteRequest { Configuration = new ConfigurationRequest { Folder = _engine.Home.Path } });

        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.NotNull(result.Fix);
    }

    [Fact]
    public async Task Ports_NoServices_IsSkipped() =>
        Assert.Equal(CheckStatus.Skipped, (await RunAsync(new PortsCheck(), TestServices.Definition(), new PrerequisiteRequest())).Status);

    [Theory]
    [InlineData(0, CheckStatus.Passed, "The engine's clock is the same as this machine's.")]
    [InlineData(-4, CheckStatus.Passed, "The engine's clock is 4 s behind this machine's.")]
    [InlineData(60, CheckStatus.Warning, "The engine's clock is 60 s ahead of this machine's.")]
    [InlineData(-3600, CheckStatus.Failed, "The engine's clock is 3600 s behind this machine's.")]
    public async Task Clock_Skew_IsTold(int seconds, CheckStatus status, string message)
    {
        _engine.Runtime.Machine = _engine.Runtime.Machine with { Clock = _time.GetUtcNow().AddSeconds(seconds) };

        var result = await RunAsync(new ClockCheck());

        Assert.Equal((status, message), (result.Status, result.Message));
    }

    [Theory]
    [InlineData(16, CheckStatus.Passed)]
    [InlineData(1, CheckStatus.Warning)]
    public async Task Memory_OfTheEngine_IsJudged(int gigabytes, CheckStatus status)
    {
        _engine.Runtime.Machine = new RuntimeMachine("linux/amd64", (long)gigabytes << 30);

        Assert.Equal(status, (await RunAsync(new EngineMemoryCheck())).Status);
    }

    [Fact]
    public async Task Memory_LessThanTheServicesNeed_Failed()
    {
        _engine.Runtime.Machine = new RuntimeMachine("linux/amd64", 3L << 30);

        var result = await RunAsync(new EngineMemoryCheck(), TestServices.Definition() with { MinimumMemoryBytes = 4L << 30 });

        Assert.Equal((CheckStatus.Failed, "The engine has 3.0 GiB; 4.0 GiB is the least for demo."), (result.Status, result.Message));
    }

    [Fact]
    public async Task EngineVersion_WindowsContainers_Failed()
    {
        _engine.Runtime.Machine = new RuntimeMachine("windows/amd64", 1);

        Assert.Equal(CheckStatus.Failed, (await RunAsync(new EngineVersionCheck())).Status);
    }

    [Fact]
    public async Task Docker_NoneAnswers_FailedWithWhatWasTried()
    {
        _engine.Connector.Runtime = null;

        var result = await RunAsync(new DockerCheck());

        Assert.Equal((CheckStatus.Failed, "No Docker endpoint answered.", ErrorDescriptions.For(ErrorCode.DockerUnavailable).Remedy), (result.Status, result.Message, result.Fix));
    }

    [LinuxFact]
    public async Task Home_ThatCannotBeMade_Failed()
    {
        var options = Patients.Options(_engine) with { Home = "/proc/localzure" };
        var result = await new HomeCheck().RunAsync(Patients.Of(_engine, new PrerequisiteRequest(), options), default);

        Assert.Equal((CheckStatus.Failed, ErrorDescriptions.For(ErrorCode.HomeNotWritable).Remedy), (result.Status, result.Fix));
    }

    [Fact]
    public async Task Home_ThatIsNotThere_PassesAndIsNotMade()
    {
        var options = Patients.Options(_engine) with { Home = _engine.Home.File("deep", "home") };

        var result = await new HomeCheck().RunAsync(Patients.Of(_engine, new PrerequisiteRequest(), options), default);

        Assert.Equal(CheckStatus.Passed, result.Status);
        Assert.Empty(Directory.GetFileSystemEntries(_engine.Home.Path));
    }

    [Theory]
    [InlineData(null, CheckStatus.Skipped)]
    [InlineData("7.3.9", CheckStatus.Failed)]
    [InlineData("7.4", CheckStatus.Passed)]
    [InlineData("7.6.0", CheckStatus.Passed)]
    public async Task PowerShell_Version_IsJudged(string? version, CheckStatus status) =>
        Assert.Equal(status, (await RunAsync(new PowerShellCheck(), null, new PrerequisiteRequest { PowerShellVersion = version is null ? null : Version.Parse(version) })).Status);

    [Theory]
    [InlineData("version: \"0.1.0\"\nservices:\n  demo: { enabled: true }\n", CheckStatus.Passed)]
    [InlineData("version: \"0.1.0\"\nservices:\n  demo: { prot: 1 }\n", CheckStatus.Failed)]
    public async Task Configuration_File_IsJudged(string text, CheckStatus status)
    {
        await File.WriteAllTextAsync(_engine.Home.File("localzure.yml"), text);

        var result = await RunAsync(new ConfigurationCheck(), TestServices.Definition(), new PrerequisiteRequest { Configuration = new ConfigurationRequest { Folder = _engine.Home.Path } });

        Assert.Equal(status, result.Status);
        Assert.Equal(status == CheckStatus.Failed ? 1 : 0, result.Details.Count);
    }

    [Fact]
    public async Task RegistryLogin_HelperThatIsNotThere_IsAWarningThatNamesIt()
    {
        await File.WriteAllTextAsync(_engine.Home.File("config.json"), """{"credHelpers":{"registry.example":"planted-nowhere"},"auths":{"localhost:5000":{"auth":"dTpw"}}}""");
        var options = Patients.Options(_engine) with { Environment = new EnvironmentSnapshot([KeyValuePair.Create("DOCKER_CONFIG", _engine.Home.Path)]) };

        var result = await new RegistryLoginCheck().RunAsync(Patients.Of(_engine, new PrerequisiteRequest(), options), default);

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.StartsWith("registry.example: docker-credential-planted-nowhere: ", Assert.Single(result.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leftovers_FileThatCannotBeRead_IsAWarningThatNamesIt()
    {
        Assert.Equal(CheckStatus.Passed, (await RunAsync(new LeftoversCheck())).Status);
        Directory.CreateDirectory(_engine.Home.File("hosts"));
        await File.WriteAllTextAsync(_engine.Home.File("hosts", "localzure-x.json"), "rubbish");

        var result = await RunAsync(new LeftoversCheck());

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Contains("localzure-x", Assert.Single(result.Details), StringComparison.Ordinal);
    }

    private Task<CheckResult> RunAsync(IPrerequisiteCheck check, ServiceDefinition? definition = null, PrerequisiteRequest? request = null) => check.RunAsync(
        Patients.Of(_engine, request ?? new PrerequisiteRequest { Names = definition is null ? [] : [definition.Name] }, find: name => name == definition?.Name ? definition : null), default);

    private static TcpListener Listen(out ServiceDefinition definition, out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var demo = TestServices.Definition();
        definition = demo with { Ports = [demo.Ports[0] with { DefaultHostPort = port }] };
        return listener;
    }
}
