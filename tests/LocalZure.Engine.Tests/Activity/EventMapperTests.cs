using LocalZure.Engine.Activity;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Tests.Activity;

public sealed class EventMapperTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly EventMapper _mapper = new(image => image switch
    {
        "azurite:3" => ["blob"],
        "shared:1" => ["blob", "queue"],
        _ => null,
    });

    [Theory]
    [InlineData("create", EventType.Created, null, "container 0123456789ab of azurite:3")]
    [InlineData("start", EventType.Started, null, "container 0123456789ab of azurite:3")]
    [InlineData("die", EventType.Died, 137, "ended with exit code 137")]
    [InlineData("died", EventType.Died, 137, "ended with exit code 137")]
    [InlineData("oom", EventType.OutOfMemory, null, "a process was ended for lack of memory")]
    [InlineData("stop", EventType.Stopped, null, "stopped")]
    [InlineData("pause", EventType.Paused, null, "frozen")]
    [InlineData("unpause", EventType.Resumed, null, "thawed")]
    [InlineData("destroy", EventType.Removed, null, "the container was removed")]
    [InlineData("health_status: healthy", EventType.Healthy, null, "its HEALTHCHECK passes")]
    [InlineData("health_status: unhealthy", EventType.Unhealthy, null, "its HEALTHCHECK fails")]
    public void Map_OurContainer_IsTold(string action, EventType type, int? exitCode, string message)
    {
        var mapped = _mapper.Map(Happened(action));

        Assert.Equal(
            new Event { Time = At, Type = type, Service = "blob", Instance = "pr42", ContainerName = "localzure-blob-pr42", Mode = ServiceMode.Docker, ExitCode = exitCode, Message = message },
            mapped);
    }

    [Theory]
    [InlineData("exec_create: sh")]
    [InlineData("health_status: starting")]
    [InlineData("rename")]
    public void Map_OtherWords_AreLeftOut(string action) => Assert.Null(_mapper.Map(Happened(action)));

    [Fact]
    public void Map_ContainerOfSomebodyElse_IsLeftOut() =>
        Assert.Null(_mapper.Map(Happened("start") with { Attributes = new Dictionary<string, string> { ["name"] = "x", ["localzure.service"] = "blob" } }));

    [Theory]
    [InlineData("azurite:3", "blob")]
    [InlineData("shared:1", null)]
    public void Map_PulledImageOfOurs_NamesItsOnlyUser(string image, string? service) => Assert.Equal(
        new Event { Time = At, Type = EventType.ImagePulled, Service = service, Mode = ServiceMode.Docker, Message = image },
        _mapper.Map(new RuntimeEvent(At, true, "pull", image, new Dictionary<string, string>())));

    [Fact]
    public void Map_OtherImage_IsLeftOut() => Assert.Null(_mapper.Map(new RuntimeEvent(At, true, "pull", "nginx:1", new Dictionary<string, string>())));

    private static RuntimeEvent Happened(string action) => new(At, false, action, "0123456789abcdef", new Dictionary<string, string>
    {
        ["localzure.managed"] = "true",
        ["localzure.service"] = "blob",
        ["localzure.instance"] = "pr42",
        ["name"] = "localzure-blob-pr42",
        ["image"] = "azurite:3",
        ["exitCode"] = "137",
    });
}
