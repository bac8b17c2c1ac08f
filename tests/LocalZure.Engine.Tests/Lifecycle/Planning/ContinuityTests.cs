using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class ContinuityTests
{
    private static readonly DesiredService Demo = TestServices.Desired();

    [Theory]
    [InlineData(nameof(PlannedAction.Replace), 31234)]
    [InlineData(nameof(PlannedAction.Discard), 0)]
    [InlineData(nameof(PlannedAction.Create), 0)]
    public void Apply_HostProcess_KeepsItsPortsWhenItIsReplaced(string action, int kept)
    {
        var port = Demo.Ports[0];
        var entry = TestServices.Entry(Demo, new ProcessIdentity(7, "1")) with { Ports = [new ServicePort(port.Name, 31234, "127.0.0.1", 31234, "tcp")] };

        var desired = Continuity.Apply(Demo, new ServicePlan(Enum.Parse<PlannedAction>(action), "why"), ObservedStates.Nothing with { HostProcesses = [new ObservedHostProcess(entry, true, null)] });

        Assert.Equal(kept, desired.Ports[0].Kept);
        Assert.Equal(Demo.ConfigHash, desired.ConfigHash);
    }

    [Fact]
    public async Task Apply_Container_KeepsItsPorts()
    {
        using var engine = new TestEngine();
        var before = await engine.StartAsync(Demo.At(31777));

        var after = await engine.StartAsync(Demo, TestEngine.Settings with { Recreate = true });

        Assert.NotEqual(before.ContainerId, after.ContainerId);
        Assert.Equal([31777], after.Ports.Select(port => port.HostPort));
    }

    [Fact]
    public async Task Apply_SessionWithATimeToLive_GoesOnInItsSuccessor()
    {
        using var engine = new TestEngine();
        await engine.StartAsync(Demo with { Lifetime = ServiceLifetime.Session, TimeToLive = TimeSpan.FromHours(1) });
        var before = engine.Runtime.Container("localzure-demo").Spec.Labels;
        var owner = TestServices.UnknownOwner;
        ((Dictionary<string, string>)before)[Labels.Owner] = owner;

        var after = await engine.StartAsync(Demo with { Environment = new Dictionary<string, string> { ["A"] = "2" }, AsDefined = Demo });

        var labels = engine.Runtime.Container("localzure-demo").Spec.Labels;
        Assert.Equal(ServiceLifetime.Session, after.Lifetime);
        Assert.Equal((owner, before[Labels.Expires]), (labels[Labels.Owner], labels[Labels.Expires]));
    }

    [Fact]
    public async Task Apply_LifetimeThatTheCallNames_IsTaken()
    {
        using var engine = new TestEngine();
        await engine.StartAsync(Demo with { Lifetime = ServiceLifetime.Session });

        var after = await engine.StartAsync(Demo with { Lifetime = ServiceLifetime.Persistent }, TestEngine.Settings with { Recreate = true });

        Assert.Equal(ServiceLifetime.Persistent, after.Lifetime);
    }

    [Theory]
    [InlineData(true, 10000)]
    [InlineData(false, 0)]
    public void Apply_PortsThatTheCallNames_AreTaken(bool isExplicit, int hostPort)
    {
        var port = Demo.Ports[0] with { Explicit = isExplicit, HostPort = hostPort };
        var entry = TestServices.Entry(Demo, new ProcessIdentity(7, "1")) with { Ports = [new ServicePort(port.Name, 31234, "127.0.0.1", 31234, "tcp")] };

        var desired = Continuity.Apply(Demo with { Ports = [port] }, new ServicePlan(PlannedAction.Replace, "why"), ObservedStates.Nothing with { HostProcesses = [new ObservedHostProcess(entry, true, null)] });

        Assert.Equal(port, desired.Ports[0]);
    }
}
