using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class EnvironmentUsesTests : IDisposable
{
    private static readonly StartRequest Start = new() { Names = ["blob"], NoWait = true, Ports = new Dictionary<string, PortWish> { [""] = PortWish.Any } };

    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Acquire_WithoutName_MakesAFreshOneThatGoesWhole()
    {
        var first = await AcquireAsync(null);
        var second = await AcquireAsync(null);
        var labels = _engine.Runtime.Container($"localzure-blob-{first.Name}").Spec.Labels;

        Assert.Matches("^use-[a-z0-9]{8}$", first.Name);
        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal(("Session", "true", true, 1), (labels[Labels.Lifetime], labels[Labels.Ephemeral], first.Environment.IsEphemeral, first.Environment.Users));

        await ReleaseAsync(first);
        Assert.Equal([$"localzure-blob-{second.Name}"], _engine.Runtime.Containers.Select(container => container.Name));
        await ReleaseAsync(second);

        Assert.Empty(_engine.Runtime.Everything());
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Release_SharedOne_IsRemovedByTheLastUser()
    {
        var first = await AcquireAsync("shared");
        var second = await AcquireAsync("shared");
        var container = Assert.Single(_engine.Runtime.Containers);
        Assert.Equal(("Persistent", "true", 2), (container.Spec.Labels[Labels.Lifetime], container.Spec.Labels[Labels.Ephemeral], second.Environment.Users));

        await ReleaseAsync(first);
        await ReleaseAsync(first);
        Assert.Equal(container, Assert.Single(_engine.Runtime.Containers));
        await ReleaseAsync(second);

        Assert.Empty(_engine.Runtime.Everything());
        Assert.Empty(_engine.Services.EnvironmentUsers.Names);
    }

    [Fact]
    public async Task Acquire_NameOfAnEnvironmentOfAnotherKind_IsAConflictAndChangesNothing()
    {
        _engine.AddOurs(TestServices.Desired(instance: "mine"));
        var before = _engine.Runtime.Everything();

        var error = await Assert.ThrowsAsync<LocalZureException>(() => AcquireAsync("mine"));

        Assert.Equal(ErrorCode.NameConflict, error.Code);
        Assert.Equal(before, _engine.Runtime.Everything());
        Assert.Empty(_engine.Services.EnvironmentUsers.Names);
    }

    [Fact]
    public async Task Remove_WhileSomebodyUsesIt_LeavesTheUseSoThatWhatIsStartedLaterGoesWithIt()
    {
        var use = await AcquireAsync("shared");

        await _engine.EnvironmentUses.RemoveAsync("shared", _engine.Events, default);

        Assert.Empty(_engine.Runtime.Everything());
        Assert.Equal(["shared"], _engine.Services.EnvironmentUsers.Names);
        await _engine.StartAsync(TestServices.Desired(instance: "shared"));
        await ReleaseAsync(use);
        Assert.Empty(_engine.Runtime.Everything());
        Assert.Empty(_engine.Services.EnvironmentUsers.Names);
    }

    [Fact]
    public async Task Acquire_NameOfWhichOnlyANetworkIsLeft_IsNoConflict()
    {
        await _engine.Runtime.CreateNetworkAsync("localzure-shared", new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = "shared" }, default);

        var use = await AcquireAsync("shared");

        await ReleaseAsync(use);
        Assert.Empty(_engine.Runtime.Everything());
    }

    [Fact]
    public async Task Acquire_AfterAKilledUser_BeginsWithNothingOfIt()
    {
        await AcquireAsync("shared");
        var old = Assert.Single(_engine.Runtime.Containers);
        await KillUsersAsync("shared");
        Assert.Equal(["shared"], (await _engine.EnvironmentUses.FindAbandonedAsync(default)).Select(environment => environment.Name));

        var use = await AcquireAsync("shared");

        Assert.NotEqual(old, Assert.Single(_engine.Runtime.Containers));
        Assert.Equal(1, use.Environment.Users);
        await ReleaseAsync(use);
        Assert.Empty(_engine.Runtime.Everything());
    }

    [Fact]
    public async Task ReleaseOwner_OneUserOfTwoDied_KeepsItForTheOther()
    {
        await AcquireAsync("shared");
        await KillUsersAsync("shared");
        await NoteAsync("shared", TestServices.LiveOwner);

        await _engine.EnvironmentUses.ReleaseOwnerAsync(TestServices.DeadOwner, _engine.Events, default);

        Assert.Single(_engine.Runtime.Containers);
        Assert.Equal(TestServices.LiveOwner, Assert.Single(await _engine.Services.EnvironmentUsers.ReadAsync("shared", default)).Owner);
    }

    [Fact]
    public async Task Release_RemovalThatFails_IsTriedAgainByTheNextUse()
    {
        var use = await AcquireAsync(null);
        _engine.Runtime.Before = call => call.Name == "RemoveVolume" ? throw new ContainerRuntimeException(RuntimeFailure.Transient, "no") : Task.CompletedTask;
        await Assert.ThrowsAsync<ContainerRuntimeException>(() => ReleaseAsync(use));
        _engine.Runtime.Before = _ => Task.CompletedTask;
        Assert.Single(_engine.Runtime.Volumes);

        var next = await AcquireAsync(null);

        Assert.Equal([$"localzure-blob-{next.Name}-data"], _engine.Runtime.Volumes.Select(volume => volume.Name));
    }

    [Fact]
    public async Task Acquire_ServiceThatFails_LeavesNothing()
    {
        _engine.Runtime.Before = call => call.Name == "StartContainer" ? throw new ContainerRuntimeException(RuntimeFailure.Transient, "no") : Task.CompletedTask;

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => AcquireAsync(null));

        Assert.Empty(_engine.Runtime.Everything());
        Assert.Empty(_engine.Services.EnvironmentUsers.Names);
    }

    [Fact]
    public async Task Release_VolumeOfAnotherEnvironment_Stays()
    {
        _engine.AddOurs(TestServices.Desired(instance: "other"));
        _engine.Runtime.AddVolume("localzure-demo-other-data", new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Service] = "demo", [Labels.Instance] = "other" });
        _engine.Runtime.AddVolume("foreign", new Dictionary<string, string>());
        var before = _engine.Runtime.Everything();

        await ReleaseAsync(await AcquireAsync(null));

        Assert.Equal(before, _engine.Runtime.Everything());
    }

    private Task<EnvironmentUse> AcquireAsync(string? name) =>
        _engine.EnvironmentUses.AcquireAsync(new EnvironmentRequest { Name = name, Start = Start }, _engine.Events, default);

    private Task ReleaseAsync(EnvironmentUse use) => _engine.EnvironmentUses.ReleaseAsync(use.Name, use.Id, _engine.Events, default);

    // As if the processes of all users had been killed.
    private async Task KillUsersAsync(string name)
    {
        foreach (var user in await _engine.Services.EnvironmentUsers.ReadAsync(name, default))
        {
            await _engine.Services.EnvironmentUsers.WriteAsync(user with { Owner = TestServices.DeadOwner }, default);
        }
    }

    private Task NoteAsync(string name, string owner) =>
        _engine.Services.EnvironmentUsers.WriteAsync(new EnvironmentUser(Guid.NewGuid().ToString("N"), name, owner, true, _engine.Time.GetUtcNow()), default);

    private List<string> Files() => Directory.GetFiles(_engine.Home.Path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_engine.Home.Path, file)).Where(file => file is not ("secret.key" or "home.id")).ToList();
}
