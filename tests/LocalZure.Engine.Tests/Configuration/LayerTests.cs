using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Configuration;

public sealed class LayerTests
{
    private const string File = "/project/localzure.yml";

    [Fact]
    public void Report_EveryLayer_TellsItsOrigin()
    {
        var loaded = ConfigurationText.Load(
            "project: shop\nservices:\n  blob: { port: 11000 }\n  queue: { port: 11001 }\n  table:\n",
            user: "defaults:\n  bind: 0.0.0.0\nservices:\n  queue: { port: 12001, memory: 256m }\n  storage: { enabled: false }\n",
            new ConfigurationRequest { Folder = "/project", Instance = "pr42" },
            ("LOCALZURE_BLOB_PORT", "13000"), ("LOCALZURE_INSTANCE", "other"), ("LOCALZURE_MODE", "Host"), ("LOCALZURE_TABLE_TAG", "3.1"));

        var report = ConfigurationText.Report(loaded);

        Assert.Equal(
            [
                "services.blob.bind = 0.0.0.0 (user file /home/localzure.yml:2)",
                "services.blob.data = volume (default)",
                "services.blob.enabled = True (/project/localzure.yml:3)",
                "services.blob.image = mcr.microsoft.com/azure-storage/azurite:3.37.0 (default)",
                "services.blob.instance = pr42 (parameter -Instance)",
                "services.blob.lifetime = persistent (default)",
                "services.blob.mode = Host (environment variable LOCALZURE_MODE)",
                "services.blob.port = 13000 (environment variable LOCALZURE_BLOB_PORT)",
                "services.blob.variant = default (default)",
            ],
            report.Where(line => line.StartsWith("services.blob", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("project = shop (/project/localzure.yml:1)", report);
        Assert.Contains("docker_enabled = True (default)", report);
        Assert.Contains("defaults.instance = pr42 (parameter -Instance)", report);
        Assert.Contains("defaults.timeouts.connect = 00:00:30 (default)", report);
        Assert.Contains("services.queue.port = 11001 (/project/localzure.yml:4)", report);
        Assert.Contains("services.queue.memory = 256m (user file /home/localzure.yml:4)", report);
        Assert.Contains("services.table.port = 10002 (default)", report);
        Assert.Contains("services.table.image = mcr.microsoft.com/azure-storage/azurite:3.1 (environment variable LOCALZURE_TABLE_TAG)", report);
        Assert.Contains("services.storage.enabled = False (user file /home/localzure.yml:5)", report);
        Assert.Contains("services.storage.ports.blob = 10000 (default)", report);
    }

    [Fact]
    public void Report_TestProfileOfAFile_IsBelowTheFile()
    {
        var report = ConfigurationText.Report(ConfigurationText.Load("defaults: { profile: test }\nservices:\n  blob: { port: 11000, memory: 3g }\n  queue:\n  alpine:\n"));

        Assert.Contains($"services.blob.port = 11000 ({File}:3)", report);
        Assert.Contains($"services.blob.memory = 3g ({File}:3)", report);
        Assert.Contains("services.queue.port = auto (profile test)", report);
        Assert.Contains("services.queue.data = memory (profile test)", report);
        Assert.Contains("services.queue.lifetime = session (profile test)", report);
        Assert.Contains("services.queue.memory = 1g (profile test)", report);
        Assert.Contains("services.alpine.image = registry.example/tool:1.2-alpine (profile test)", report);
    }

    [Theory]
    [InlineData("Test", "")]
    [InlineData(null, "test")]
    public void Report_TestProfileOfTheCall_GoesBeforeTheFile(string? parameter, string variable)
    {
        var report = ConfigurationText.Report(ConfigurationText.Load(
            "services:\n  blob: { port: 11000, memory: 3g, lifetime: persistent }\n  queue: { port: 11000 }\n",
            request: new ConfigurationRequest { Folder = "/project", Profile = parameter },
            environment: ("LOCALZURE_PROFILE", variable)));

        Assert.Contains("services.blob.port = auto (profile test)", report);
        Assert.Contains("services.blob.lifetime = session (profile test)", report);
        Assert.Contains($"services.blob.memory = 3g ({File}:2)", report);
    }

    [Fact]
    public void Report_PortOfTheEnvironment_GoesBeforeTheProfile() =>
        Assert.Contains("services.blob.port = 15000 (environment variable LOCALZURE_BLOB_PORT)", ConfigurationText.Report(ConfigurationText.Load(
            "services: [blob]",
            request: new ConfigurationRequest { Folder = "/project", Profile = "test" },
            environment: ("LOCALZURE_BLOB_PORT", "15000"))));

    [Fact]
    public void Load_BadVariables_AreErrorsThatNameThem()
    {
        var loaded = ConfigurationText.Load("services:\n  my-api: { image: a }\n", environment: [("LOCALZURE_MY_API_PORT", "x"), ("LOCALZURE_PROFILE", "prod"), ("LOCALZURE_PORT_RANGE", "5")]);

        Assert.Equal(
            [
                "LOCALZURE_MY_API_PORT: services.my-api.port: 'x' is not a port.",
                "LOCALZURE_PORT_RANGE: defaults.port_range: '5' is not a range of ports.",
                "LOCALZURE_PROFILE: defaults.profile: 'prod' is not one of dev, test.",
            ],
            loaded.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("LOCALZURE_QUEUE_PORT", "1234", false)]
    [InlineData("LOCALZURE_QUEUE_ENABLED", "yes", true)]
    public void Load_VariableForAServiceThatIsNotListed_EnablesItOnlyWhenItSaysSo(string name, string value, bool enabled)
    {
        var loaded = ConfigurationText.Load("services: [blob]", environment: (name, value));

        Assert.Empty(loaded.Errors);
        Assert.Equal(enabled, loaded.Settings.Services["queue"].Enabled);
    }

    [Fact]
    public void Load_BadValueThatAnotherLayerHides_IsAnErrorAllTheSame() =>
        Assert.Equal("/home/localzure.yml:1:27: services.blob.port: 'x' is not a port.", Assert.Single(ConfigurationText.Load("services: { blob: { port: 1 } }", user: "services: { blob: { port: x } }").Errors).ToString());
}
