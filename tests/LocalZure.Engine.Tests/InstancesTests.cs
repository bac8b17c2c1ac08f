using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests;

public sealed class InstancesTests
{
    [Fact]
    public async Task FindOnDiskAsync_ProcessesAndStarts_AreNamedOnceInOrder()
    {
        using var home = new TempFolder();
        var processes = new HostProcessRegistry(home.Path, TimeProvider.System);
        foreach (var instance in new[] { "pr42", null, "ci" })
        {
            await processes.WriteAsync(Entry(instance), CancellationToken.None);
        }

        await new OperationRegistry(home.Path).BeginAsync(new OperationEntry("1", "owner", "blob", "new", DateTimeOffset.UnixEpoch), CancellationToken.None);
        await new OperationRegistry(home.Path).BeginAsync(new OperationEntry("2", "owner", "blob", "ci", DateTimeOffset.UnixEpoch), CancellationToken.None);

        var found = await Instances.FindOnDiskAsync(home.Path, CancellationToken.None);

        Assert.Equal(["ci", "new", "pr42"], found);
    }

    [Fact]
    public async Task FindOnDiskAsync_NoHome_FindsNothing()
    {
        using var home = new TempFolder();

        Assert.Empty(await Instances.FindOnDiskAsync(home.File("none"), CancellationToken.None));
    }

    [Fact]
    public void CheckName_BadName_IsNameInvalid() =>
        Assert.Equal(ErrorCode.NameInvalid, Assert.Throws<LocalZureException>(() => Instances.CheckName("Bad Name")).Code);

    private static HostProcessEntry Entry(string? instance) => new()
    {
        Service = "blob",
        Instance = instance,
        ContainerName = instance is null ? "localzure-blob" : $"localzure-blob-{instance}",
        Program = "azurite@3.35.0",
        LogDirectory = Path.GetTempPath(),
        ConfigHash = "0",
        StopSignal = "SIGTERM",
        Owner = "owner",
        Operation = "0",
        Version = "0.1.0",
    };
}
