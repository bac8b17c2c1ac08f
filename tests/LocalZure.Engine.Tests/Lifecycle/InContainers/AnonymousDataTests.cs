using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

/// <summary>A volume without a name is what there is of a service's data: it outlives starts that are killed or fail.</summary>
public sealed class AnonymousDataTests : IDisposable
{
    private const string Name = "localzure-demo";

    private static readonly string Volume = new('1', 64);
    private static readonly string Start = new('a', 32);
    private static readonly DesiredService Desired = TestServices.Desired();

    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_EarlierOneWasKilled_TakesTheVolumeOver(bool hadSuccessor)
    {
        await KillAsync(hadSuccessor);

        await SweepAsync(Desired);
        await _engine.StartAsync(Desired);

        await SweepAsync(Desired);
        AssertIsHeldBy(Assert.Single(Runtime.Containers));
        Assert.Empty(_engine.InFlight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_EarlierStartWasKilledAndAnotherServiceIsStarted_LeavesTheVolume(bool hadSuccessor)
    {
        await KillAsync(hadSuccessor);

        await SweepAsync(TestServices.Desired("other"));
        await SweepAsync(TestServices.Desired("other"));

        AssertIsHeldBy(Assert.Single(Runtime.Containers));
    }

    [Fact]
    public async Task RemoveAsync_EarlierStartWasKilledWithoutASuccessor_GivesTheNameBack()
    {
        await KillAsync(hadSuccessor: false);
        var command = new OrphanCommand(_engine.Runtimes, _engine.Services, _engine.Host, _engine.EnvironmentUses);

        await command.RemoveAsync(await command.FindAsync(null, _engine.Events, default), _engine.Events, default);

        AssertIsHeldBy(Assert.Single(Runtime.Containers));
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_StoppedAndItsPortIsTaken_TakesTheVolumeOver()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        AddOld(Desired).End(0);
        Runtime.TakenPorts.Add(18080);

        await _engine.StartAsync(Desired);

        AssertIsHeldBy(Assert.Single(Runtime.Containers));
        Assert.Equal(["StartExisting", "Replace"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_StoppedAndThePortThatItAsksForIsTaken_StaysStopped()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var desired = Desired.At(18081);
        var old = AddOld(desired);
        old.End(0);
        Runtime.TakenPorts.Add(18081);

        await Assert.ThrowsAnyAsync<LocalZureException>(() => _engine.StartAsync(desired));

        Assert.Equal([old], Runtime.Containers);
        Assert.Equal(ContainerState.Exited, old.State);
        AssertIsHeldBy(old);
    }

    [Fact]
    public async Task StartAsync_AnotherStartTakesTheNameMeanwhile_KeepsTheOldOneWithItsVolume()
    {
        var old = AddOld(Desired with { Image = "demo:0" });
        Runtime.Before = call =>
        {
            if (call.Name == "CreateContainer" && Runtime.Containers.Count == 1)
            {
                _engine.AddOurs(Desired);
            }

            return Task.CompletedTask;
        };

        await _engine.StartAsync(Desired);
        await SweepAsync(Desired);

        Assert.Equal(2, Runtime.Containers.Count);
        Assert.Contains(Runtime.Volumes, volume => volume.Name == Volume);
        Assert.False(old.IsRunning);
        Assert.Contains("volumes without a name", Assert.Single(_engine.Events.Warnings), StringComparison.Ordinal);
    }

    private void AssertIsHeldBy(FakeContainer container)
    {
        Assert.Equal(Name, container.Name);
        Assert.Contains(Runtime.Volumes, volume => volume.Name == Volume);
        Assert.Contains(container.Spec.Mounts, mount => mount.Source == Volume);
    }

    private FakeContainer AddOld(DesiredService desired)
    {
        var spec = SpecOf(desired, "finished", TestServices.LiveOwner);
        Runtime.AddVolume(Volume, new Dictionary<string, string>());
        return Runtime.Add(spec with { Mounts = [.. spec.Mounts, new MountSpec(MountKind.Volume, Volume, "/anonymous")] });
    }

    // What a start leaves that is killed while it waits for the successor, or before it has made that.
    private async Task KillAsync(bool hadSuccessor)
    {
        var old = AddOld(Desired with { Image = "demo:0" });
        await _engine.Operations.BeginAsync(new OperationEntry(Start, TestServices.DeadOwner, "demo", null, Runtime.Now) { Replaces = old.Id }, default);
        var details = await Runtime.InspectContainerAsync(old.Id, default);
        old.Rename(Ownership.SetAsideName(Desired.Key, Start));
        old.End(0);
        if (hadSuccessor)
        {
            Runtime.Add(ContainerSpecBuilder.InPlaceOf(details, SpecOf(Desired, Start, TestServices.DeadOwner)));
        }
    }

    private ContainerSpec SpecOf(DesiredService desired, string operation, string owner) =>
        ContainerSpecBuilder.Build(desired, desired.Ports.ToDictionary(port => port.Name, port => port.HostPort), new StartOperation(operation, owner, Runtime.Now));

    private async Task SweepAsync(DesiredService desired)
    {
        var observed = await _engine.Services.Observer.ObserveAsync(Runtime, default);
        await new StartSweep(_engine.Services, _engine.Host, _engine.Events).RunAsync([desired], new Observation(Runtime, observed, null), default);
    }
}
