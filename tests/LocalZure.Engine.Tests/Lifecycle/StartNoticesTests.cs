using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class StartNoticesTests
{
    private static readonly DesiredService Desired = TestServices.Desired();

    [Theory]
    [InlineData(null, nameof(ServiceLifetime.Persistent), "other", null)]
    [InlineData(nameof(ServiceLifetime.Persistent), nameof(ServiceLifetime.Persistent), "other", null)]
    [InlineData(nameof(ServiceLifetime.Session), nameof(ServiceLifetime.Persistent), "other", "stays Persistent")]
    [InlineData(null, nameof(ServiceLifetime.Session), "own", null)]
    [InlineData(nameof(ServiceLifetime.Session), nameof(ServiceLifetime.Session), "own", null)]
    [InlineData(nameof(ServiceLifetime.Persistent), nameof(ServiceLifetime.Session), "own", "ends with it")]
    [InlineData(null, nameof(ServiceLifetime.Session), "other", "process 4711")]
    [InlineData(nameof(ServiceLifetime.Persistent), nameof(ServiceLifetime.Session), "other", "process 4711")]
    [InlineData(nameof(ServiceLifetime.Session), nameof(ServiceLifetime.Session), "other", "process 4711")]
    public void Report_Joined_TellsOfALifetimeThatIsNotTheOneMeant(string? wanted, string lifetime, string owner, string? warning)
    {
        var events = new RecordedEvents();
        var desired = Desired with { Lifetime = wanted is null ? null : Enum.Parse<ServiceLifetime>(wanted) };
        var existing = new ExistingLife(Enum.Parse<ServiceLifetime>(lifetime), owner == "own" ? TestServices.LiveOwner : "h/b/4711/2", null);

        StartNotices.Report(new ServicePlan(PlannedAction.Join, "it runs unchanged", "c0ffee"), desired, existing, events);

        Assert.Equal(warning is null ? 0 : 1, events.Warnings.Count);
        Assert.Contains(warning ?? "", events.Warnings.SingleOrDefault() ?? "", StringComparison.Ordinal);
        Assert.Empty(events.Notes);
    }

    [Fact]
    public void Report_Created_TellsNothingOfTheLifetime()
    {
        var events = new RecordedEvents();

        StartNotices.Report(new ServicePlan(PlannedAction.Create, "nothing of it exists"), Desired with { Lifetime = ServiceLifetime.Session }, null, events);

        Assert.Equal((0, 0), (events.Warnings.Count, events.Notes.Count));
    }

    [Theory]
    [InlineData(false, "demo was there with other settings and was made anew; its data stayed.")]
    [InlineData(true, "demo was there with other settings and was made anew.")]
    public void ReportReplaced_SaysThatDataStayedOnlyWhereThereIsSome(bool isInMemory, string expected)
    {
        var events = new RecordedEvents();
        var plan = new ServicePlan(PlannedAction.Replace, LifecyclePlanner.Changed, "c0ffee");

        StartNotices.ReportReplaced(plan, Desired with { Mounts = Desired.Mounts.Select(mount => mount with { IsInMemory = isInMemory }).ToList() }, events);
        StartNotices.ReportReplaced(plan, Desired with { Mounts = isInMemory ? [] : Desired.Mounts }, events);

        Assert.Equal([expected, expected], events.Warnings);
    }

    [Fact]
    public void ReportMemory_BelowTheLeast_Warns()
    {
        var events = new RecordedEvents();
        var large = Desired with { Definition = Desired.Definition with { MinimumMemoryBytes = 2L << 30 } };

        StartNotices.ReportMemory(large with { MemoryBytes = 512 << 20 }, events);
        StartNotices.ReportMemory(large with { MemoryBytes = 2L << 30 }, events);
        StartNotices.ReportMemory(large, events);
        StartNotices.ReportMemory(Desired with { MemoryBytes = 512 << 20 }, events);

        Assert.Equal(["demo needs 2048 MiB of memory; its limit of 512 MiB in the configuration may end it while it starts."], events.Warnings);
    }
}
