using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class NetworkKeeperTests : IDisposable
{
    private static readonly ServiceKey Key = new("demo", "x");
    private static readonly Dictionary<string, string> Managed = new() { [Labels.Managed] = "true", [Labels.Instance] = "x" };

    private readonly TempFolder _home = new();
    private readonly FakeContainerRuntime _runtime = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task EnsureAsync_None_CreatesOneWithLabels()
    {
        await EnsureAsync();

        var network = Assert.Single(_runtime.Networks);
        Assert.Equal("localzure-x", network.Name);
        Assert.Equal(
            new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = "x", [Labels.Operation] = "op", [Labels.Owner] = "owner", [Labels.Version] = ModuleVersion.Text },
            network.Labels);
    }

    [Fact]
    public async Task EnsureAsync_OneOfOurs_IsTaken()
    {
        _runtime.AddNetwork("localzure-x", Managed);

        await EnsureAsync();

        Assert.Equal(["ListNetworks"], _runtime.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task EnsureAsync_SixteenAtOnce_MakeOne()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(EnsureAsync)));

        Assert.Single(_runtime.Calls, call => call.Name == "CreateNetwork");
        Assert.Single(_runtime.Networks);
    }

    [Theory]
    [InlineData(-1, "theirs")]
    [InlineData(1, "ours")]
    public async Task EnsureAsync_AnotherMachineMakesOneAtTheSameMoment_TheOlderStays(int secondsApart, string stays)
    {
        NetworkSummary? theirs = null;
        _runtime.AllowsTwoNetworksOfAName = true;
        _runtime.Before = call =>
        {
            if (call.Name == "CreateNetwork")
            {
                theirs = _runtime.AddNetwork("localzure-x", Managed, _runtime.Now.AddSeconds(secondsApart));
            }

            return Task.CompletedTask;
        };

        await EnsureAsync();

        // The other one's maker removes the other one.
        var left = _runtime.Networks.Where(network => stays == "theirs" || network != theirs).ToList();
        Assert.Equal(stays == "theirs", Assert.Single(left) == theirs);
    }

    [Fact]
    public async Task EnsureAsync_TwoOfOursAreFaster_IsNoConflict()
    {
        _runtime.Before = call =>
        {
            if (call.Name == "CreateNetwork")
            {
                _runtime.AddNetwork("localzure-x", Managed);
                _runtime.AddNetwork("localzure-x", Managed);
            }

            return Task.CompletedTask;
        };

        await EnsureAsync();

        Assert.DoesNotContain(_runtime.Calls, call => call.Name == "InspectNetwork");
        Assert.Equal(2, _runtime.Networks.Count);
    }

    [Fact]
    public async Task EnsureAsync_OursIsFaster_IsTaken()
    {
        _runtime.Before = call =>
        {
            if (call.Name == "CreateNetwork")
            {
                _runtime.AddNetwork("localzure-x", Managed);
            }

            return Task.CompletedTask;
        };

        await EnsureAsync();

        Assert.Single(_runtime.Networks);
    }

    [Fact]
    public async Task EnsureAsync_Foreign_IsAConflict()
    {
        _runtime.AddNetwork("localzure-x", new Dictionary<string, string>());

        var error = await Assert.ThrowsAsync<LocalZureException>(EnsureAsync);

        Assert.Equal((ErrorCode.NameConflict, "demo", "x"), (error.Code, error.Service, error.Instance));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task RemoveIfUnusedAsync_Network_IsRemovedWhenItIsOursAndEmpty(bool used, bool foreign, bool removed)
    {
        _runtime.AddNetwork("localzure-x", foreign ? new Dictionary<string, string>() : Managed);
        if (used)
        {
            _runtime.Add(new ContainerSpec { Name = "c", Image = "x", Network = "localzure-x" });
        }

        Assert.Equal(removed, await new NetworkKeeper(_runtime).RemoveIfUnusedAsync(Key, default));
        Assert.Equal(removed ? 0 : 1, _runtime.Networks.Count);
    }

    private Task EnsureAsync() => new NetworkKeeper(_runtime).EnsureAsync(Key, new StartOperation("op", "owner", _runtime.Now), _home.File("locks", "x.lock"), TimeProvider.System, default);
}
