using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class MachineCheckTests : IAsyncDisposable
{
    private readonly FakeContainerRuntime _runtime = new();
    private readonly RecordedEvents _events = new();

    [Fact]
    public async Task Run_OrdinaryService_AsksNothing()
    {
        await RunAsync(TestServices.Definition());

        Assert.Empty(_runtime.Calls);
    }

    [Fact]
    public async Task Run_ImageForAnotherPlatform_NamesBoth()
    {
        _runtime.Machine = new RuntimeMachine("linux/arm64", 16L << 30);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync(TestServices.Definition() with { Platforms = ["linux/amd64"] }));

        Assert.Equal((ErrorCode.PlatformUnsupported, "demo cannot run here: its image is made for linux/amd64, and the Docker engine runs linux/arm64."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Run_ImageOfTheUsers_IsTheUsersAffair()
    {
        _runtime.Machine = new RuntimeMachine("linux/arm64", 16L << 30);

        await MachineCheck.RunAsync(TestServices.Of(TestServices.Definition() with { Platforms = ["linux/amd64"] }) with { Image = "mine:1" }, _runtime, _events, CancellationToken.None);

        Assert.Empty(_events.Warnings);
    }

    [Theory]
    [InlineData(4L << 30, 0)]
    [InlineData(2L << 30, 0)]
    [InlineData(1L << 30, 1)]
    [InlineData(0L, 0)]
    public async Task Run_LittleMemory_WarnsAndGoesOn(long memory, int warnings)
    {
        _runtime.Machine = new RuntimeMachine("linux/amd64", memory);

        await RunAsync(TestServices.Definition() with { MinimumMemoryBytes = 2L << 30 });

        Assert.Equal(Enumerable.Repeat("demo needs 2048 MiB of memory, and the Docker engine has 1024 MiB: it may not start.", warnings), _events.Warnings);
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    private Task RunAsync(ServiceDefinition definition) => MachineCheck.RunAsync(TestServices.Of(definition), _runtime, _events, CancellationToken.None);
}
