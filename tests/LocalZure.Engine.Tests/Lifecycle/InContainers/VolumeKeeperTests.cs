using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class VolumeKeeperTests : IAsyncDisposable
{
    private static readonly StartOperation Operation = new("op", "owner", default);

    private readonly FakeContainerRuntime _runtime = new();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Fact]
    public async Task EnsureAsync_ItsOwn_IsTaken()
    {
        _runtime.AddVolume("localzure-demo-x-data", ContainerLabels.ForVolume(new ServiceKey("demo", "x"), "data", Operation with { Id = "earlier" }));

        Assert.Empty(await new VolumeKeeper(_runtime).EnsureAsync(TestServices.Desired(instance: "x"), Operation, default));
    }

    [Theory]
    [InlineData("demo-x", null, "data", "'data' of demo-x")]
    [InlineData("demo", null, "x-data", "'x-data' of demo")]
    public async Task EnsureAsync_OfAnotherServiceUnderTheSameName_IsAConflictThatNamesBoth(string service, string? instance, string volume, string named)
    {
        var labels = ContainerLabels.ForVolume(new ServiceKey(service, instance), volume, Operation with { Id = "earlier" });
        _runtime.AddVolume("localzure-demo-x-data", labels);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => new VolumeKeeper(_runtime).EnsureAsync(TestServices.Desired(instance: "x"), Operation, default));

        Assert.Equal((ErrorCode.NameConflict, "demo", "x"), (error.Code, error.Service, error.Instance));
        Assert.Contains("'data' of demo (instance x)", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Empty(await new VolumeKeeper(_runtime).FindAsync(new ServiceKey("demo", "x"), default));
    }

    [Theory]
    [InlineData(null, null, "home", false)]
    [InlineData("true", null, "home", true)]
    [InlineData("true", null, null, true)]
    [InlineData("true", "home", "home", true)]
    [InlineData("true", "other", "home", false)]
    [InlineData("true", "other", null, false)]
    public void AreEphemeralOf_Home_IsThatOfTheLabelOrAnEarlierVersions(string? ephemeral, string? label, string? home, bool goes)
    {
        var labels = new Dictionary<string, string>();
        if (ephemeral is not null)
        {
            labels[Labels.Ephemeral] = ephemeral;
        }

        if (label is not null)
        {
            labels[Labels.Home] = label;
        }

        Assert.Equal(goes, ContainerLabels.AreEphemeralOf(labels, home));
    }
}
