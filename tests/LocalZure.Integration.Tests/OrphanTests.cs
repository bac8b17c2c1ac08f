using LocalZure.Engine.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>What counts as an orphan, and what never does.</summary>
/// <remarks>Alone: every start, of whichever test, removes the orphans of the whole engine.</remarks>
[Collection(Alone.Name)]
[Trait("Runs", "alone")]
public sealed class OrphanTests
{
    // No process has such a pid on Linux, whose largest is 4194304.
    private static readonly string DeadOwner = $"{OwnerIdentity.Current.HostId}/{OwnerIdentity.Current.BootId}/2000000000/1";
    private static readonly string UnknownOwner = $"0123456789abcdef/{OwnerIdentity.Current.BootId}/2000000000/1";

    [DockerFact]
    public async Task RemoveOrphans_SessionOfADeadOwner_RemovesItAndNothingElse()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var dead = await RunAsync(lab, "dead", DeadOwner, "Session");
        var kept = new[]
        {
            await RunAsync(lab, "unknown", UnknownOwner, "Session"),
            await RunAsync(lab, "alive", OwnerIdentity.Current.ToString(), "Session"),
            await RunAsync(lab, "persistent", DeadOwner, "Persistent"),
            await Command.DockerAsync("run", "--detach", "--label", lab.ForeignLabel, "--name", lab.NameOf("foreign"), Requirements.BusyboxImage, "idle"),
        };

        var found = await lab.FindOrphansAsync();
        var removed = await lab.Engine.RemoveOrphansAsync(found, new RecordedEvents(), CancellationToken.None);

        var orphan = Assert.Single(removed);
        Assert.Equal(("Container", lab.NameOf("dead"), dead, "the session that owned it has ended", true), (orphan.Kind, orphan.Name, orphan.Id, orphan.Reason, orphan.Removed));
        Assert.Equal(kept.Order(StringComparer.Ordinal), await RunningAsync(lab));
        Assert.Empty(await lab.FindOrphansAsync());
    }

    [DockerFact]
    public async Task RemoveOrphans_NeverStartedOfADeadOwner_RemovesIt()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var dead = await CreateAsync(lab, "dead", DeadOwner, "Persistent");
        await CreateAsync(lab, "unknown", UnknownOwner, "Persistent");

        var found = await lab.FindOrphansAsync();
        await lab.RemoveOrphansAsync();

        Assert.Equal([dead], found.Select(orphan => orphan.Id));
        Assert.Equal([$"container {lab.NameOf("unknown")}"], await lab.LeftoversAsync());
    }

    [DockerFact]
    public async Task RemoveOrphans_NetworkThatNothingUses_RemovesIt()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var id = await Command.DockerAsync("network", "create", "--label", "localzure.managed=true", "--label", $"localzure.instance={lab.Instance}", $"localzure-{lab.Instance}");
        await Command.DockerAsync("network", "create", "--label", lab.ForeignLabel, $"localzure-foreign-{lab.Instance}");

        var found = await lab.FindOrphansAsync();
        await lab.RemoveOrphansAsync();

        Assert.Equal([("Network", id)], found.Select(orphan => (orphan.Kind, orphan.Id)));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.NotEmpty(await Command.DockerAsync("network", "ls", "--quiet", "--filter", $"label={lab.ForeignLabel}"));
    }

    [Theory, InDocker, OnHost]
    public async Task RemoveOrphans_PastItsTimeToLive_RemovesItAndKeepsTheData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(lab.Request("blob") with { TimeToLive = TimeSpan.FromHours(1) });
        Assert.Empty(await lab.FindOrphansAsync());
        var later = lab.NewEngine(lab.Options with { Time = new LaterTime(TimeSpan.FromHours(2)) });

        var orphans = await lab.FindOrphansAsync(later);
        var removed = await lab.Engine.RemoveOrphansAsync(orphans, new RecordedEvents(), CancellationToken.None);

        Assert.Equal((service.ContainerName, $"its time to live ended at {service.ExpiresAt:u}"), (orphans[0].Name, orphans[0].Reason));
        Assert.Equal(mode == ServiceMode.Docker ? ["Container", "Network"] : ["Process"], orphans.Select(orphan => orphan.Kind));
        Assert.All(removed, orphan => Assert.True(orphan.Removed));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Single(await lab.DataAsync());
    }

    [Theory, InDocker, OnHost]
    public async Task FindOrphans_OfWhatRunsAndWhatWasKept_FindsNone(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await lab.StartAsync("blob");
        if (mode == ServiceMode.Docker)
        {
            await lab.StopAsync(await lab.StartAsync("queue"), keep: true);
        }

        Assert.Empty(await lab.FindOrphansAsync());
    }

    [HostFact]
    public async Task RemoveOrphans_EntryOfAProcessThatEnded_RemovesIt()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);
        var service = await lab.StartAsync();
        await Command.RunAsync("kill", ["-KILL", $"{service.ProcessId}"]);
        await Eventually.IsEmptyAsync(async () => (await lab.GetAsync()).Select(running => running.ContainerName).ToList());

        var orphan = Assert.Single(await lab.FindOrphansAsync());
        await lab.RemoveOrphansAsync();

        Assert.Equal(("Entry", service.ContainerName, "its process has ended"), (orphan.Kind, orphan.Name, orphan.Reason));
        Assert.Empty(await lab.LeftoversAsync());
    }

    private static async Task<string> RunAsync(Lab lab, string service, string owner, string lifetime)
    {
        var id = await CreateAsync(lab, service, owner, lifetime);
        await Command.DockerAsync("start", id);
        return id;
    }

    private static Task<string> CreateAsync(Lab lab, string service, string owner, string lifetime) => Command.DockerAsync(
        "create",
        "--name", lab.NameOf(service),
        "--label", "localzure.managed=true",
        "--label", $"localzure.service={service}",
        "--label", $"localzure.instance={lab.Instance}",
        "--label", $"localzure.owner={owner}",
        "--label", $"localzure.lifetime={lifetime}",
        "--label", $"localzure.operation={Guid.NewGuid():N}",
        Requirements.BusyboxImage, "idle");

    private static async Task<IEnumerable<string>> RunningAsync(Lab lab) =>
        (await Command.DockerAsync("ps", "--quiet", "--no-trunc", "--filter", $"name={lab.Instance}")).Split('\n').Order(StringComparer.Ordinal);
}
