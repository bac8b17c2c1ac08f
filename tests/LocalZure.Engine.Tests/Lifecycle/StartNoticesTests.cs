using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class StartNoticesTests
{
    private static readonly DesiredService Desired = TestServices.Desired();

    [Theory]
    [InlineData(null, nameof(ServiceLifetime.Persistent), "other", null, null)]
    [InlineData(nameof(ServiceLifetime.Persistent), nameof(ServiceLifetime.Persistent), "other", null, null)]
    [InlineData(nameof(ServiceLifetime.Session), nameof(ServiceLifetime.Persistent), "other", null, "stays Persistent")]
    [InlineData(null, nameof(ServiceLifetime.Session), "own", null, null)]
    [InlineData(nameof(ServiceLifetime.Session), nameof(ServiceLifetime.Session), "own", null, null)]
    [InlineData(nameof(ServiceLifetime.Persistent), nameof(ServiceLifetime.Session), "own", "ends with it", null)]
    [InlineData(null, nameof(ServiceLifetime.Session), "other", "process 4711", null)]
    [InlineData(nameof(ServiceLifetime.Persistent), nameof(ServiceLifetime.Session), "other", "process 4711", null)]
    [InlineData(nameof(ServiceLifetime.Session), nameof(ServiceLifetime.Session), "other", "process 4711", null)]
    public void Report_Joined_TellsOfALifetimeThatIsNotTheOneMeant(string? wanted, string lifetime, string owner, string? warning, string? note)
    {
        var events = new RecordedEvents();
        var desired = Desired with { Lifetime = wanted is null ? null : Enum.Parse<ServiceLifetime>(wanted) };
        var existing = new ExistingLife(Enum.Parse<ServiceLifetime>(lifetime), owner == "own" ? TestServices.LiveOwner : "h/b/4711/2", null);

        StartNotices.Report(new ServicePlan(PlannedAction.Join, "it runs unchanged", "c0ffee"), desired, existing, events);

        Assert.Equal((warning is not null, note is not null), (events.Warnings.Count == 1, events.Notes.Count == 1));
        Assert.Contains(warning ?? "", events.Warnings.SingleOrDefault() ?? "", StringComparison.Ordinal);
        Assert.Contains(note ?? "", events.Notes.SingleOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Created_TellsNothingOfTheLifetime()
    {
        var events = new RecordedEvents();

        StartNotices.Report(new ServicePlan(PlannedAction.Create, "nothing of it exists"), Desired with { Lifetime = ServiceLifetime.Session }, null, events);

        Assert.Equal((0, 0), (events.Warnings.Count, events.Notes.Count));
    }
}
