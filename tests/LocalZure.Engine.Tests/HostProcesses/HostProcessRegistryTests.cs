using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

public sealed class HostProcessRegistryTests : IDisposable
{
    private readonly TempFolder _home = new();
    private readonly HostProcessRegistry _registry;

    public HostProcessRegistryTests() => _registry = new HostProcessRegistry(_home.Path, TimeProvider.System);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task ReadAsync_AfterWrite_GivesTheSameEntry()
    {
        var entry = Entry("localzure-blob-pr42") with
        {
            Service = "blob",
            Instance = "pr42",
            Process = new ProcessIdentity(4711, "123456"),
            CommandLine = ["/usr/bin/node", "main.js", "ü \"x\""],
            Ports = [new ServicePort("blob", 10000, "127.0.0.1", 10000, "tcp")],
            Volumes = [new ServiceVolume("data", "/data", "/data", "bind")],
            Lifetime = ServiceLifetime.Session,
            ExpiresAt = new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.Zero),
        };

        await _registry.WriteAsync(entry, default);

        Assert.Equivalent(entry, await _registry.ReadAsync(entry.ContainerName, default), strict: true);
    }

    [Fact]
    public async Task ReadAllAsync_ManyEntries_GivesAllByNameAndNothingElse()
    {
        await using var held = await _registry.LockAsync("localzure-a", TimeSpan.Zero, default);
        foreach (var name in (string[])["localzure-b", "localzure-a", "localzure-a.b"])
        {
            await _registry.WriteAsync(Entry(name), default);
        }

        await File.WriteAllTextAsync(_home.File("hosts", "localzure-c.json.0.tmp"), "{ half");

        Assert.Equal(["localzure-a.b", "localzure-a", "localzure-b"], (await _registry.ReadAllAsync(default)).Values.Select(entry => entry.ContainerName));
    }

    [Fact]
    public async Task ReadAsync_NothingThere_GivesNothing()
    {
        Assert.Null(await _registry.ReadAsync("localzure-blob", default));
        Assert.Empty((await _registry.ReadAllAsync(default)).Values);
        _registry.Delete("localzure-blob");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"service\": \"blob\" }")]
    [InlineData("[1]")]
    public async Task ReadAsync_OtherContent_NamesTheFile(string content)
    {
        var path = _home.File("hosts", "localzure-blob.json");
        Directory.CreateDirectory(_home.File("hosts"));
        await File.WriteAllTextAsync(path, content);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _registry.ReadAsync("localzure-blob", default));

        Assert.Equal(ErrorCode.StateCorrupt, error.Code);
        Assert.StartsWith($"The file '{path}' cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LocalZure.", error.Message, StringComparison.Ordinal);
        var all = await _registry.ReadAllAsync(default);
        Assert.Empty(all.Values);
        Assert.Equal([path], all.Unreadable.Select(file => file.Path));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"id\": \"other\", \"owner\": \"o\", \"service\": \"blob\" }")]
    [InlineData("{ \"id\": \"0123\", \"owner\": null, \"service\": \"blob\" }")]
    public async Task OperationRegistry_OtherContent_DoesNotStandInTheWayOfTheOthers(string content)
    {
        var operations = new OperationRegistry(_home.Path);
        await operations.BeginAsync(new OperationEntry("good", OwnerIdentity.Current.ToString(), "blob", null, DateTimeOffset.UnixEpoch), default);
        await File.WriteAllTextAsync(_home.File("operations", "0123.json"), content);

        var all = await operations.ReadAllAsync(default);

        Assert.Equal(["good"], all.Values.Select(operation => operation.Id));
        Assert.Equal([new UnreadableFile(_home.File("operations", "0123.json"), "something that it must tell is missing")], all.Unreadable);
    }

    [Fact]
    public async Task ReadAllAsync_EntryUnderAnotherName_IsNotTaken()
    {
        await _registry.WriteAsync(Entry("localzure-blob"), default);
        File.Move(_home.File("hosts", "localzure-blob.json"), _home.File("hosts", "localzure-queue.json"));

        Assert.Empty((await _registry.ReadAllAsync(default)).Values);
    }

    [Fact]
    public async Task Delete_Entry_IsGone()
    {
        await _registry.WriteAsync(Entry("localzure-blob"), default);

        _registry.Delete("localzure-blob");

        Assert.Null(await _registry.ReadAsync("localzure-blob", default));
    }

    [LinuxFact]
    public async Task WriteAsync_File_IsForThisUserOnlyAndLeavesNothingBeside()
    {
        await _registry.WriteAsync(Entry("localzure-blob"), default);
        await _registry.WriteAsync(Entry("localzure-blob"), default);

        var file = Assert.Single(Directory.GetFiles(_home.File("hosts")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
    }

    [Fact]
    public async Task LockAsync_SixteenAtOnce_OneStartsAndFifteenJoin()
    {
        var started = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            await using var held = await _registry.LockAsync("localzure-blob", Eventually.Deadline, default);
            if (await _registry.ReadAsync("localzure-blob", default) is null)
            {
                Interlocked.Increment(ref started);
                await Task.Yield();
                await _registry.WriteAsync(Entry("localzure-blob"), default);
            }
        })));

        Assert.Equal(1, started);
    }

    [Theory]
    [InlineData("0123456789abcdef", null, null)]
    [InlineData(null, "4026539999", null)]
    [InlineData(null, "4026539999", "another-boot")]
    [InlineData("0123456789abcdef", null, "another-boot")]
    public async Task ReadAsync_EntryOfAnotherMachineOrContainer_MatchesNoProcessHere(string? machine, string? name, string? boot)
    {
        var here = ProcessPlace.Here;
        var place = new ProcessPlace(machine ?? here.Machine, name ?? here.Namespace, boot ?? (machine is null ? here.Boot : "its-boot"));
        await _registry.WriteAsync(Entry("localzure-blob") with { Process = OwnerIdentity.Current.Process, Place = place.ToString() }, default);

        var entry = (await _registry.ReadAsync("localzure-blob", default))!;

        Assert.Equal((true, false), (entry.IsElsewhere(), entry.IsOfAnEarlierBoot()));
        Assert.False(ProcessTable.IsRunning(entry.Process!));
        Assert.Equivalent(entry, (await _registry.ReadAllAsync(default)).Values.Single(), strict: true);
    }

    [Fact]
    public async Task ReadAsync_EntryOfAnEarlierBoot_HasEndedWhateverHasItsPidNow()
    {
        var place = ProcessPlace.Here with { Boot = "earlier" };
        await _registry.WriteAsync(Entry("localzure-blob") with { Process = OwnerIdentity.Current.Process, Place = place.ToString() }, default);

        var entry = (await _registry.ReadAsync("localzure-blob", default))!;

        Assert.Equal((false, true), (entry.IsElsewhere(), entry.IsOfAnEarlierBoot()));
        Assert.Equal(OwnerState.Dead, ProcessTable.Judge(entry.Process!));
    }

    [LinuxFact]
    public async Task ReadAsync_EntryOfThisKernelBeforeItsMachineWasRenamed_IsHere()
    {
        var place = ProcessPlace.Here with { Machine = "0123456789abcdef" };
        await _registry.WriteAsync(Entry("localzure-blob") with { Process = OwnerIdentity.Current.Process, Place = place.ToString() }, default);

        Assert.Equal(OwnerIdentity.Current.Process, (await _registry.ReadAsync("localzure-blob", default))!.Process);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_EntryOfAnEarlierVersion_IsJudgedByItsOwner(bool isHere)
    {
        var owner = isHere ? OwnerIdentity.Current : OwnerIdentity.Current with { HostId = "0123456789abcdef" };
        await _registry.WriteAsync(Entry("localzure-blob") with { Process = OwnerIdentity.Current.Process, Owner = owner.ToString() }, default);

        var entry = (await _registry.ReadAsync("localzure-blob", default))!;

        Assert.Equal((!isHere, false), (entry.IsElsewhere(), entry.IsOfAnEarlierBoot()));
        Assert.Equal(isHere, ProcessTable.IsRunning(entry.Process!));
    }

    [Fact]
    public async Task OperationRegistry_StartInFlight_IsReadUntilItIsOver()
    {
        var operations = new OperationRegistry(_home.Path);
        var operation = new OperationEntry("0123", OwnerIdentity.Current.ToString(), "blob", null, DateTimeOffset.UnixEpoch);

        Assert.Empty((await operations.ReadAllAsync(default)).Values);
        await operations.BeginAsync(operation, default);
        Assert.Equal([operation], (await operations.ReadAllAsync(default)).Values);
        Assert.Equal(operation, await operations.ReadAsync("0123", default));

        operations.Complete("0123");
        operations.Complete("0123");
        Assert.Empty((await operations.ReadAllAsync(default)).Values);
    }

    private static HostProcessEntry Entry(string name) => new()
    {
        Service = name["localzure-".Length..],
        ContainerName = name,
        Program = "azurite@3.35.0",
        LogDirectory = "/logs",
        ConfigHash = "abc",
        StopSignal = "SIGTERM",
        StartedAt = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        Owner = OwnerIdentity.Current.ToString(),
        Operation = "0123",
        Version = "0.1.0",
    };
}
