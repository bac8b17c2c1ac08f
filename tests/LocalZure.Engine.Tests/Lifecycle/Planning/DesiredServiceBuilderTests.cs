using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class DesiredServiceBuilderTests
{
    private static readonly StartRequest Blob = new() { Names = ["blob"] };

    private static readonly Dictionary<string, (StartRequest Request, ErrorCode Code, string Message)> BadRequests = new()
    {
        ["no name"] = (new() { Names = [] }, ErrorCode.ParameterInvalid, "No service was named."),
        ["unknown name"] = (new() { Names = ["blob", "blop"] }, ErrorCode.ServiceUnknown, "There is no service named 'blop'. Did you mean 'blob'?"),
        ["instance"] = (Blob with { Instance = "PR 42" }, ErrorCode.NameInvalid, "'PR 42' is not a valid instance name."),
        ["port"] = (Blob with { Ports = new Dictionary<string, PortWish> { ["x"] = 1 } }, ErrorCode.PortInvalid, "'x' is not a port of blob, which has the port blob."),
        ["image"] = (Blob with { Image = " " }, ErrorCode.ParameterInvalid, "' ' is not the name of an image."),
        ["image in capitals"] = (Blob with { Image = "Azurite:1" }, ErrorCode.ParameterInvalid, "'Azurite:1' is not the name of an image."),
        ["image with two tags"] = (Blob with { Image = "azurite:1:2" }, ErrorCode.ParameterInvalid, "'azurite:1:2' is not the name of an image."),
        ["image with a line of its own"] = (Blob with { Image = "azurite:1\n" }, ErrorCode.ParameterInvalid, "'azurite:1\n' is not the name of an image."),
        ["name with a new line"] = (Blob with { Environment = new Dictionary<string, string> { ["A\nB"] = "1" } }, ErrorCode.ParameterInvalid, "'A?B' is not a valid name of an environment variable."),
        ["memory"] = (Blob with { MemoryBytes = 6291455 }, ErrorCode.ParameterInvalid, "A memory limit of 6291455 bytes is too small; 6 MiB is the least."),
        ["memory below the service's least"] = (new() { Names = ["sql"], MemoryBytes = 512 << 20 }, ErrorCode.ParameterInvalid, "A memory limit of 512 MiB is too small for sql, which needs 1907 MiB."),
        ["cpus"] = (Blob with { Cpus = 0 }, ErrorCode.ParameterInvalid, "A CPU limit of 0 is too small; 0.01 is the least."),
        ["cpus not a number"] = (Blob with { Cpus = double.NaN }, ErrorCode.ParameterInvalid, "A CPU limit of NaN is too small; 0.01 is the least."),
        ["time to live"] = (Blob with { TimeToLive = TimeSpan.Zero }, ErrorCode.ParameterInvalid, "The time to live must be longer than nothing."),
        ["endless time to live"] = (Blob with { TimeToLive = TimeSpan.MaxValue }, ErrorCode.ParameterInvalid, "The time to live is too long."),
        ["time-out"] = (Blob with { Timeout = TimeSpan.FromSeconds(-1) }, ErrorCode.ParameterInvalid, "The time-out must be longer than nothing."),
        ["endless time-out"] = (Blob with { Timeout = TimeSpan.FromDays(50) }, ErrorCode.ParameterInvalid, "The time-out is too long."),
        ["variable without a name"] = (Environment(""), ErrorCode.ParameterInvalid, "'' is not a valid name of an environment variable."),
        ["variable with ="] = (Environment("A=B"), ErrorCode.ParameterInvalid, "'A=B' is not a valid name of an environment variable."),
        ["mount"] = (Blob with { Volumes = new Dictionary<string, string> { ["cache"] = "x" } }, ErrorCode.ParameterInvalid, "'x' is not a path inside the container for the mount of 'cache'."),
    };

    public static TheoryData<string> BadRequestNames => new(BadRequests.Keys);

    [Theory]
    [MemberData(nameof(BadRequestNames))]
    public void Build_BadRequest_IsRefused(string name)
    {
        var (request, code, message) = BadRequests[name];

        var error = Assert.Throws<LocalZureException>(() => DesiredServiceBuilder.Build(request, null, ServiceCatalog.Find));

        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Build_NameAlone_TakesEverythingFromTheDefinition()
    {
        var definition = ServiceCatalog.Get("table");

        var service = DesiredServiceBuilder.Build(new StartRequest { Names = ["table"] }, null, ServiceCatalog.Find).Single();

        Assert.Equivalent(
            new DesiredService
            {
                Key = new ServiceKey("table", null),
                Definition = definition,
                Image = ImageTags.Azurite,
                Ports = [new DesiredPort("table", 10002, "127.0.0.1", 10002, false, "tcp")],
                Environment = new Dictionary<string, string>(),
                Mounts = [new DesiredMount("data", null, "/data")],
                StartTimeout = definition.StartTimeout,
            },
            service,
            strict: true);
    }

    [Fact]
    public void Build_EverythingAskedFor_IsTaken()
    {
        using var folder = new TempFolder();

        var service = DesiredServiceBuilder.Build(
            Blob with
            {
                Instance = "pr42",
                Ports = new Dictionary<string, PortWish> { [""] = 5000 },
                Environment = new Dictionary<string, string> { ["A"] = "b=c", ["E"] = "" },
                Volumes = new Dictionary<string, string> { [folder.Path] = "/data" },
                Image = "other:1",
                MemoryBytes = 6 << 20,
                Cpus = 0.01,
                TimeToLive = TimeSpan.FromHours(1),
                Timeout = TimeSpan.FromSeconds(5),
            },
            "ignored",
            ServiceCatalog.Find).Single();

        Assert.Equal((new ServiceKey("blob", "pr42"), "other:1"), (service.Key, service.Image));
        Assert.Equal([new DesiredPort("blob", 10000, "127.0.0.1", 5000, true, "tcp")], service.Ports);
        Assert.Equal(new Dictionary<string, string> { ["A"] = "b=c", ["E"] = "" }, service.Environment);
        Assert.Equal([new DesiredMount("", folder.Path, "/data")], service.Mounts);
        Assert.Equal((6 << 20, 0.01, TimeSpan.FromHours(1), TimeSpan.FromSeconds(5)), (service.MemoryBytes, service.Cpus, service.TimeToLive, service.StartTimeout));
        Assert.Equal(["the image", "the memory limit", "the CPU limit"], service.ContainerOnly);
    }

    [Fact]
    public void Build_NamesTwice_GivesEachOnceInTheOrderOfTheRequest() =>
        Assert.Equal(["table", "blob"], DesiredServiceBuilder.Build(new StartRequest { Names = ["table", "blob", "table"] }, null, ServiceCatalog.Find).Select(service => service.Key.Name));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "env", "env")]
    [InlineData("", "env", null)]
    [InlineData("own", "env", "own")]
    public void Build_Instance_RequestComesBeforeTheDefault(string? asked, string? byDefault, string? expected) =>
        Assert.Equal(expected, DesiredServiceBuilder.Build(Blob with { Instance = asked }, byDefault, ServiceCatalog.Find).Single().Key.Instance);

    [Fact]
    public void Build_VolumeBesideTheDefinitions_IsAdded() => Assert.Equal(
        [new DesiredMount("data", null, "/data"), new DesiredMount("cache", null, "/cache")],
        DesiredServiceBuilder.Build(Blob with { Volumes = new Dictionary<string, string> { ["cache"] = "/cache" } }, null, ServiceCatalog.Find).Single().Mounts);

    private static StartRequest Environment(string name) => Blob with { Environment = new Dictionary<string, string> { [name] = "x" } };

    [Theory]
    [InlineData("/mosquitto/config/mosquitto.conf", 0)]
    [InlineData("/mosquitto/config", 0)]
    [InlineData("/mosquitto/config/", 0)]
    [InlineData("/mosquitto/conf", 1)]
    [InlineData("/mosquitto/config/mosquitto.conf.d", 1)]
    public void Build_MountOverAFile_LeavesTheUsersAlone(string target, int files)
    {
        var request = new StartRequest { Names = ["mqtt"], Volumes = new Dictionary<string, string> { ["own"] = target } };

        Assert.Equal(files, DesiredServiceBuilder.Build(request, null, ServiceCatalog.Find)[0].Files.Count);
    }

    [Fact]
    public void Build_SecretsAndLicence_AreTemplatesUntilTheUserGivesThem()
    {
        var request = new StartRequest { Names = ["sql"], Environment = new Dictionary<string, string> { ["MSSQL_SA_PASSWORD"] = "mine" } };

        var plain = DesiredServiceBuilder.Build(new StartRequest { Names = ["sql"] }, null, ServiceCatalog.Find)[0];
        var own = DesiredServiceBuilder.Build(request, null, ServiceCatalog.Find)[0];

        Assert.Equal(("{secret.password}", "Y", ""), (plain.Environment["MSSQL_SA_PASSWORD"], plain.Environment["ACCEPT_EULA"], plain.OwnSecrets));
        Assert.Equal(("mine", "Y", "password"), (own.Environment["MSSQL_SA_PASSWORD"], own.Environment["ACCEPT_EULA"], own.OwnSecrets));
    }
}
