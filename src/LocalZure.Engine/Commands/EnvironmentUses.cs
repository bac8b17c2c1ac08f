using System.Security.Cryptography;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>
/// Environments that go with their last user. Every use is noted before anything is started for it, and an environment is removed
/// under the same lock under which uses begin: one that is in use is never removed, one that is being removed is never used.
/// </summary>
internal sealed class EnvironmentUses
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The removal of a large environment, and of those that wait for it in turn.</summary>
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(5);

    /// <summary>How long the clean-up of a use that did not come about may take.</summary>
    private static readonly TimeSpan UndoLimit = TimeSpan.FromMinutes(1);

    /// <summary>Its data goes too: a service need not write down more than its way out.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    private readonly LifecycleServices _services;
    private readonly EnvironmentUserRegistry _registry;
    private readonly EnvironmentReader _reader;
    private readonly EnvironmentRemover _remover;
    private readonly StartCommand _start;
    private readonly EnvironmentSnapshot _environment;

    /// <summary>Creates one.</summary>
    public EnvironmentUses(LifecycleServices services, EnvironmentReader reader, EnvironmentRemover remover, StartCommand start, EnvironmentSnapshot environment)
    {
        _environment = environment;
        _services = services;
        _registry = services.EnvironmentUsers;
        _reader = reader;
        _remover = remover;
        _start = start;
    }

    /// <summary>Begins a use: notes it and starts what it wants. What was begun is undone when that fails.</summary>
    /// <exception cref="LocalZureException">NameInvalid, NameConflict when the name is that of an environment of another kind, LockTimeout, or what stood in the way of the first service that failed.</exception>
    public async Task<EnvironmentUse> AcquireAsync(EnvironmentRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var name = request.Name is null ? NewName() : DesiredServiceBuilder.InstanceOf(request.Name) ?? throw Unnamed();
        var start = await WithNeededAsync(request.Start with { Instance = name }, cancellationToken).ConfigureAwait(false);
        var user = new EnvironmentUser(Guid.NewGuid().ToString("N"), name, OwnerIdentity.Current.ToString(), request.Name is not null, _services.Time.GetUtcNow())
        {
            HasDocker = start.Mode != ServiceMode.Host,
        };
        await (_services.Sessions?.EnsureAsync(onHost: true, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        await RemoveAbandonedAsync(events, cancellationToken).ConfigureAwait(false);
        try
        {
            await EnterAsync(user, events, cancellationToken).ConfigureAwait(false);
            return await StartAsync(user, start, events, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await UndoAsync(user, events).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends a use. The last one removes the environment whole; a use that is not noted any more is over.</summary>
    /// <exception cref="LocalZureException">What stood in the way of the removal, which the next use, Remove-LzOrphan or the end of this process tries again.</exception>
    public Task ReleaseAsync(string name, string id, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        LeaveAsync(name, user => user.Id == id, LockLimit, events, cancellationToken);

    /// <summary>Ends all uses by a process that has ended.</summary>
    /// <exception cref="LocalZureException">What stood in the way of a removal.</exception>
    public async Task ReleaseOwnerAsync(string owner, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        foreach (var name in _registry.Names)
        {
            await LeaveAsync(name, user => user.Owner == owner, LockLimit, events, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The environments that all their users have left without removing them, with the moment of their first use.</summary>
    public async Task<IReadOnlyList<(string Name, DateTimeOffset? Since)>> FindAbandonedAsync(CancellationToken cancellationToken)
    {
        List<(string, DateTimeOffset?)> abandoned = [];
        foreach (var name in _registry.Names)
        {
            var users = await _registry.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            if (!users.Any(EnvironmentReader.IsLive))
            {
                abandoned.Add((name, users.Min(user => (DateTimeOffset?)user.AcquiredAt)));
            }
        }

        return abandoned;
    }

    /// <summary>Removes one of them, unless somebody uses it again.</summary>
    /// <param name="name">The environment.</param>
    /// <param name="limit">How long to wait for who is at work on it.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">LockTimeout, or what stood in the way.</exception>
    public Task RemoveAbandonedAsync(string name, TimeSpan limit, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        LeaveAsync(name, user => !EnvironmentReader.IsLive(user), limit, events, cancellationToken);

    /// <summary>Removes an environment whoever uses it. Uses that are not over stay noted: what they start in it from now on goes with the last of them.</summary>
    /// <exception cref="LocalZureException">LockTimeout, or what stood in the way.</exception>
    public async Task RemoveAsync(string? name, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (name is null || !_registry.Knows(name))
        {
            await _remover.RemoveAsync(name, null, withDocker: false, events, cancellationToken).ConfigureAwait(false);
            return;
        }

        var held = await _registry.LockAsync(name, LockLimit, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var users = await _registry.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            if (users.Any(EnvironmentReader.IsLive))
            {
                await _remover.RemoveAsync(name, Grace, users.Any(user => user.HasDocker), events, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        await LeaveAsync(name, user => !EnvironmentReader.IsLive(user), LockLimit, events, cancellationToken).ConfigureAwait(false);

        if (!_registry.Knows(name))
        {
            // What others have started in it from another home was asked for too.
            await _remover.RemoveAsync(name, null, withDocker: false, events, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EnterAsync(EnvironmentUser user, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var name = user.Environment;
        var held = await _registry.LockAsync(name, LockLimit, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var users = await _registry.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            var gone = users.Where(other => !EnvironmentReader.IsLive(other)).ToList();
            if (gone.Count == users.Count && _registry.Knows(name))
            {
                await RemoveWholeAsync(name, users, events, cancellationToken).ConfigureAwait(false);
            }
            else if (users.Count == 0 && user.IsShared)
            {
                await CheckAbsentAsync(name, events, cancellationToken).ConfigureAwait(false);
            }

            gone.ForEach(_registry.Delete);
            await _registry.WriteAsync(user, cancellationToken).ConfigureAwait(false);
        }
    }

    // Its data would go with its last user, who has not made it.
    private async Task CheckAbsentAsync(string name, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var found = await _reader.ReadAsync(new EnvironmentQuery { Names = [name] }, events, cancellationToken).ConfigureAwait(false);
        if (found is [{ Services.Count: 0, Volumes.Count: 0 }])
        {
            // A network that outlived its services, which nobody misses.
            await _remover.RemoveAsync(name, Grace, withDocker: false, events, cancellationToken).ConfigureAwait(false);
        }
        else if (found.Count > 0)
        {
            throw new LocalZureException(
                ErrorCode.NameConflict,
                $"An environment named '{name}' exists that is not one to be used in turns: {string.Join(", ", found[0].Services.Select(service => service.ToString()).DefaultIfEmpty("what services have left"))}. With its last user its data would go.",
                "Use another name, or remove that environment with Remove-LzEnvironment if its data is not needed.")
            { Instance = name };
        }
    }

    // Named themselves, what services need gets free ports too.
    private async Task<StartRequest> WithNeededAsync(StartRequest start, CancellationToken cancellationToken)
    {
        var project = await new ProjectLoader(_environment, _services.Home, _services.FindDefinition).LoadAsync(start.Configuration, cancellationToken).ConfigureAwait(false);
        var desired = DesiredServiceBuilder.Build(start, project);
        return start with { Names = start.Names.Concat(desired.OrderByDescending(service => service.IsRequested).Select(service => service.Key.Name)).Distinct(StringComparer.Ordinal).ToList() };
    }

    private async Task<EnvironmentUse> StartAsync(EnvironmentUser user, StartRequest start, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var request = start with { Lifetime = user.IsShared ? ServiceLifetime.Persistent : ServiceLifetime.Session };
        var outcomes = await _start.RunAsync(request, events, cancellationToken).ConfigureAwait(false);
        var failures = outcomes.Select(outcome => outcome.Error).OfType<LocalZureException>().ToList();
        if (failures.Count > 0)
        {
            // What a service failed for that others need says more than that they could not be started.
            var first = failures.Find(failure => failure.Code != ErrorCode.DependencyFailed) ?? failures[0];
            failures.Where(failure => failure != first && failure.Code != ErrorCode.DependencyFailed).ToList().ForEach(failure => events.Report(new Degraded(failure.Service, failure.Message)));
            throw first;
        }

        await (_services.Sessions?.ConfirmAsync(events, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        if (outcomes.All(outcome => outcome.Service!.Mode == ServiceMode.Host) && user.HasDocker)
        {
            // It can be removed without Docker.
            await _registry.WriteAsync(user with { HasDocker = false }, cancellationToken).ConfigureAwait(false);
        }

        var environment = (await _reader.ReadAsync(new EnvironmentQuery { Names = [user.Environment] }, events, cancellationToken).ConfigureAwait(false))[0];
        var started = outcomes.Select(outcome => outcome.Service!).ToList();
        return new EnvironmentUse(user.Environment, user.Id, environment with
        {
            Services = [.. started, .. environment.Services.Where(service => started.TrueForAll(other => other.Name != service.Name))],
        });
    }

    // With a time limit of its own: the call's token may be cancelled already.
    private async Task UndoAsync(EnvironmentUser user, IProgress<LifecycleEvent> events)
    {
        using var limit = new CancellationTokenSource(UndoLimit, _services.Time);
        try
        {
            await ReleaseAsync(user.Environment, user.Id, events, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LocalZureException or OperationCanceledException or IOException)
        {
            events.Report(new Degraded(null, $"The environment '{user.Environment}' could not all be removed ({e.Message}); the end of this session, the next use of an environment or Remove-LzOrphan removes the rest."));
        }
    }

    // The next use looks after what killed ones have left; somebody else who is at it already is not waited for.
    private async Task RemoveAbandonedAsync(IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        foreach (var (name, _) in await FindAbandonedAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await RemoveAbandonedAsync(name, TimeSpan.Zero, events, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is LocalZureException or IOException or UnauthorizedAccessException)
            {
                events.Report(new Noted(null, $"The environment '{name}', which nobody uses any more, was not removed: {e.Message}"));
            }
        }
    }

    private async Task LeaveAsync(string name, Func<EnvironmentUser, bool> leaves, TimeSpan limit, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        // A name that is gone needs no lock, which would leave a file.
        if (!_registry.Knows(name))
        {
            return;
        }

        IReadOnlyList<EnvironmentUser> users;
        var held = await _registry.LockAsync(name, limit, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            users = await _registry.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            if (!_registry.Knows(name) || (users.Count > 0 && !users.Any(leaves)))
            {
                return;
            }

            if (users.Any(user => !leaves(user) && EnvironmentReader.IsLive(user)))
            {
                users.Where(user => leaves(user) || !EnvironmentReader.IsLive(user)).ToList().ForEach(_registry.Delete);
                return;
            }

            await RemoveWholeAsync(name, users, events, cancellationToken).ConfigureAwait(false);
            if (users.All(user => !user.IsShared))
            {
                _remover.ForgetLocks(name);
                held.Delete();
            }
        }
    }

    // The notes go last: should this process die on the way, they say that there is something to remove.
    private async Task RemoveWholeAsync(string name, IReadOnlyList<EnvironmentUser> users, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        foreach (var user in users.Where(user => !user.IsReleased))
        {
            await _registry.WriteAsync(user with { IsReleased = true }, cancellationToken).ConfigureAwait(false);
        }

        await _remover.RemoveEphemeralAsync(name, Grace, users.Any(user => user.HasDocker), events, cancellationToken).ConfigureAwait(false);
        _registry.Forget(name);
    }

    private static string NewName() => $"use-{RandomNumberGenerator.GetString(Letters, 8)}";

    private static LocalZureException Unnamed() => new(ErrorCode.NameInvalid, "The unnamed instance is no environment that can be used in turns.");
}
