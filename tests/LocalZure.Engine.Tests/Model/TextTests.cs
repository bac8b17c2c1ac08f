namespace LocalZure.Engine.Tests.Model;

/// <summary>What the objects are in a text, for example in <c>"$service"</c>.</summary>
public sealed class TextTests
{
    private static readonly ContainerHealth Ended = new("exited", false, null, 1, null, 0, false);

    public static TheoryData<object, string> Objects => new()
    {
        { NewService(null), "blob (Running)" },
        { NewService("pr42"), "blob (instance pr42, Running)" },
        { NewHealth(null), "blob (Unhealthy)" },
        { NewHealth("pr42"), "blob (instance pr42, Unhealthy)" },
        { new ServiceDefinitionInfo("blob", "Azure Blob Storage.", "azurite:1", new Dictionary<string, int>(), [], []), "blob" },
        { new EnvironmentVariable("A", "b=c", "blob", null), "A=b=c" },
        { new LogEntry(DateTimeOffset.UnixEpoch, "blob", null, "localzure-blob", "stdout", "one line"), "one line" },
        { new Orphan("Container", "localzure-blob", "c0ffee", "blob", null, "its start died", null, false), "Container localzure-blob (its start died)" },
        { new ProbeResult("http", "http://127.0.0.1:10000/", ServiceHealthStatus.Healthy, null, "200"), "http http://127.0.0.1:10000/: Healthy" },
        { Ended, "exited (exit code 1)" },
        { Ended with { Status = "running", ExitCode = null }, "running" },
        { new StartTimeline { ReadyMs = 949.6 }, "ready after 950 ms" },
        { new StartTimeline(), "" },
        { new ErrorDescription(ErrorCategory.Docker, ErrorSeverity.Critical, true, "Start Docker."), "Docker, Critical" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void ToString_OfAnObject_IsShort(object value, string expected) => Assert.Equal(expected, value.ToString());

    private static Service NewService(string? instance) =>
        new() { Name = "blob", Instance = instance, ContainerName = "localzure-blob", Mode = ServiceMode.Docker, State = ServiceState.Running };

    private static ServiceHealth NewHealth(string? instance) =>
        new() { Service = "blob", Instance = instance, Status = ServiceHealthStatus.Unhealthy, Container = Ended, CheckedAt = DateTimeOffset.UnixEpoch };
}
