using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Starts services: checks the request, observes once, then starts all at the same time.</summary>
internal sealed class StartCommand
{
    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly EnvironmentSnapshot _environment;

    /// <summary>Creates one.</summary>
    public StartCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host, EnvironmentSnapshot environment)
    {
        _runtimes = runtimes;
        _services = services;
        _host = host;
        _environment = environment;
    }

    /// <summary>Starts the services of a request.</summary>
    /// <exception cref="LocalZureException">The request itself is wrong, so that nothing was tried.</exception>
    public async Task<IReadOnlyList<ServiceOutcome>> RunAsync(StartRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var desired = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        CheckSession(desired);
        var observation = await ObserveAsync(desired, events, cancellationToken).ConfigureAwait(false);
        LicenseCheck.Check(desired, _environment, observation.State);
        ProfileCheck.Check(desired, observation.State);
        await new StartSweep(_services, _host, events).RunAsync(desired, observation, cancellationToken).ConfigureAwait(false);
        ReportAnotherHome(desired, observation, events);
        ReportFallback(desired.Where(service => ModeSelector.FallsBack(service, observation.State, observation.DockerFailure)).ToList(), observation, events);
        var starts = new Dictionary<string, Task<ServiceOutcome>>(StringComparer.Ordinal);
        foreach (var service in desired)
        {
            // What it needs comes before it.
            var needed = service.Definition.DependsOn.Where(starts.ContainsKey).Select(name => starts[name]).ToList();
            var waits = !request.NoWait || desired.Any(other => other.Definition.DependsOn.Contains(service.Key.Name));
            var settings = new StartSettings(!waits, request.Recreate && service.IsRequested, request.KeepOnFailure);
            starts[service.Key.Name] = StartAfterAsync(needed, service, observation, settings, events, cancellationToken);
        }

        var outcomes = await Task.WhenAll(starts.Values).ConfigureAwait(false);
        if (desired.Any(service => service.Lifetime == ServiceLifetime.Session) && _services.Sessions is { } sessions)
        {
            await sessions.ConfirmAsync(events, cancellationToken).ConfigureAwait(false);
        }

        return Report(request, desired, outcomes.ToDictionary(outcome => outcome.Name, StringComparer.Ordinal));
    }

    private void CheckSession(IReadOnlyList<DesiredService> desired)
    {
        if (!_services.HasSession && desired.FirstOrDefault(service => service.Lifetime == ServiceLifetime.Session) is { } service)
        {
            throw new LocalZureException(
                ErrorCode.ParameterInvalid,
                $"{service.Key} is to live as long as the session that starts it (lifetime Session), and this command ends at once.",
                "Use -Lifetime Persistent, with -TimeToLive 1h if it is to go by itself; the cmdlets in a session of PowerShell can have it end with that.");
        }
    }

    // What has failed of that which is needed, then what was asked for in the order of the request.
    private static List<ServiceOutcome> Report(StartRequest request, IReadOnlyList<DesiredService> desired, Dictionary<string, ServiceOutcome> outcomes) =>
    [
        .. desired.Where(service => !service.IsRequested).Select(service => outcomes[service.Key.Name]).Where(outcome => outcome.Error is not null),
        .. (request.Names.Count > 0 ? request.Names.Distinct(StringComparer.Ordinal) : desired.Where(service => service.IsRequested).Select(service => service.Key.Name)).Select(name => outcomes[name]),
    ];

    private async Task<ServiceOutcome> StartAfterAsync(IReadOnlyList<Task<ServiceOutcome>> needed, DesiredService desired, Observation observation, StartSettings settings, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var before = await Task.WhenAll(needed).ConfigureAwait(false);
        return before.FirstOrDefault(outcome => outcome.Error is not null) is { } failed
            ? new ServiceOutcome(desired.Key.Name, desired.Key.Instance, null, StartFailures.Dependency(desired, failed))
            : await StartOneAsync(desired, observation, NeededServices.Of(desired, before.Select(outcome => outcome.Service).OfType<Service>(), observation.State), settings, events, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a call with the same request would do; nothing is changed.</summary>
    /// <exception cref="LocalZureException">The request itself is wrong.</exception>
    public async Task<IReadOnlyList<PlannedStart>> PlanAsync(StartRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var desired = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var observation = await ObserveAsync(desired, events, cancellationToken).ConfigureAwait(false);
        LicenseCheck.Check(desired, _environment, observation.State);
        ProfileCheck.Check(desired, observation.State);
        var plans = new List<PlannedStart>();
        foreach (var service in desired)
        {
            var built = service.Build is { } build ? service.WithImage((await build.ReadAsync(cancellationToken).ConfigureAwait(false)).Image) : service;
            plans.Add(StartPreview.Of(built, observation, request.Recreate));
        }

        return plans;
    }

    private async Task<IReadOnlyList<DesiredService>> ReadAsync(StartRequest request, CancellationToken cancellationToken) =>
        DesiredServiceBuilder.Build(request, await new ProjectLoader(_environment, _services.Home, _services.FindDefinition).LoadAsync(request.Configuration, cancellationToken).ConfigureAwait(false));

    private async Task<Observation> ObserveAsync(IReadOnlyList<DesiredService> desired, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        // Who wants host mode does not wait long for Docker, which is only asked what runs there already.
        var observation = desired.All(service => service.Mode == ServiceMode.Host)
            ? await _runtimes.ObserveBrieflyAsync(cancellationToken).ConfigureAwait(false)
            : await _runtimes.ObserveAsync(desired.Max(service => service.ConnectLimit), cancellationToken).ConfigureAwait(false);
        observation.ReportUnreadable(events);
        return observation;
    }

    private async Task<ServiceOutcome> StartOneAsync(DesiredService desired, Observation observation, Dictionary<string, Service> needed, StartSettings settings, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var key = desired.Key;
        try
        {
            var mode = ModeSelector.Select(desired, observation.State, observation.DockerFailure);
            ReportWhatHostModeLacks(desired, mode, events);
            ReportExposure(desired, events);
            if (mode == ServiceMode.Docker)
            {
                ForeignCheck.Run(desired, observation.State, events);
            }

            if (mode == ServiceMode.Docker && await new InterruptedReset(observation.Runtime!, _services, events).FinishAsync(desired, cancellationToken).ConfigureAwait(false))
            {
                observation = observation with { State = await _services.Observer.ObserveAsync(observation.Runtime, cancellationToken).ConfigureAwait(false) };
            }

            if (mode == ServiceMode.Docker && desired.Build is { } build)
            {
                desired = desired.WithImage(await _services.ImageBuilder.EnsureAsync(observation.Runtime!, build, events, cancellationToken).ConfigureAwait(false));
                settings = settings with { Recreate = settings.Recreate || (build.Always && await new BuiltImages(observation.Runtime!).IsOtherAsync(key, desired.Image, cancellationToken).ConfigureAwait(false)) };
            }

            if (mode == ServiceMode.Host && ModeSelector.IsInContainer(desired.Key, observation.State))
            {
                events.Report(new Degraded(key.ContainerName, $"{key} runs as a host process beside a container of the same name, each with data of its own; the host process is used. Stop-LzService stops both."));
            }

            desired = await new StartValues(_services, observation.Runtime).ResolveAsync(desired, mode, needed, cancellationToken).ConfigureAwait(false);
            var service = mode == ServiceMode.Host
                ? await new HostStarter(_host, _services, observation.Runtime, events).StartAsync(desired, observation.State, settings, cancellationToken).ConfigureAwait(false)
                : await new ContainerStarter(observation.Runtime!, _services, events).StartAsync(desired, observation.State, settings, cancellationToken).ConfigureAwait(false);
            if (service.ExpiresAt <= _services.Time.GetUtcNow())
            {
                events.Report(new Degraded(key.ContainerName, $"The time to live of {key} has ended while it was starting: Remove-LzOrphan and the next start remove it."));
            }

            service = await _services.SecretReader.CompleteAsync(AsWritten(service, desired), observation.Runtime, cancellationToken).ConfigureAwait(false);
            _host.Activity?.Ready(service);
            return new ServiceOutcome(key.Name, key.Instance, service, null);
        }
        catch (LocalZureException e)
        {
            await RemoveImageAsync(desired, observation, settings, events).ConfigureAwait(false);
            return new ServiceOutcome(key.Name, key.Instance, null, e);
        }
        finally
        {
            events.Report(new StepsEnded(key.ContainerName));
        }
    }

    // What runs was noted when it was made; a configuration may have more databases by now.
    private static Service AsWritten(Service service, DesiredService desired) => desired.Project is null && desired.Init is null ? service : service with
    {
        Definition = (service.Definition ?? desired.Definition) with { ConnectionStrings = desired.Definition.ConnectionStrings },
    };

    private static async Task RemoveImageAsync(DesiredService desired, Observation observation, StartSettings settings, IProgress<LifecycleEvent> events)
    {
        try
        {
            await (observation.Runtime is { } runtime && !settings.KeepOnFailure ? new BuiltImages(runtime).RemoveAfterFailureAsync(desired, CancellationToken.None) : Task.CompletedTask).ConfigureAwait(false);
        }
        catch (LocalZureException e)
        {
            events.Report(new Degraded(desired.Key.ContainerName, $"The image '{desired.Image}' of the start that failed is still there: {e.Message}"));
        }
    }

    // What this home starts does not go with the users of another one; what it joins does.
    private void ReportAnotherHome(IReadOnlyList<DesiredService> desired, Observation observation, IProgress<LifecycleEvent> events)
    {
        foreach (var instance in desired.Select(service => service.Key.Instance).OfType<string>().Distinct(StringComparer.Ordinal).Where(instance => !_services.EnvironmentUsers.Knows(instance)))
        {
            if (observation.State.Containers.Any(container => ContainerLabels.AreEphemeral(container.Labels) && ContainerLabels.InstanceOf(container.Labels) == instance))
            {
                events.Report(new Degraded(null, $"The environment '{instance}' is one of Use-LzEnvironment in another LocalZure home, and goes when nobody uses it there any more. What runs in it now goes with it; what is started from here stays."));
            }
        }
    }

    // One warning for the call, however many services it starts.
    private static void ReportFallback(List<DesiredService> services, Observation observation, IProgress<LifecycleEvent> events)
    {
        if (services.Count > 0)
        {
            var names = string.Join(", ", services.Select(service => service.Key.ToString()));
            events.Report(new Degraded(null, $"Docker is not used: {observation.DockerFailure!.Message} {(services.Count == 1 ? $"{names} runs as a host process" : $"{names} run as host processes")} instead, with data of {(services.Count == 1 ? "its" : "their")} own. -Mode Host takes that without this warning."));
        }
    }

    private static void ReportWhatHostModeLacks(DesiredService desired, ServiceMode mode, IProgress<LifecycleEvent> events)
    {
        if (mode == ServiceMode.Host && desired.ContainerOnly.Count > 0)
        {
            events.Report(new Degraded(desired.Key.ContainerName, $"{desired.Key} runs as a host process, for which {string.Join(" and ", desired.ContainerOnly)} cannot be applied."));
        }
    }

    private static void ReportExposure(DesiredService desired, IProgress<LifecycleEvent> events)
    {
        var exposed = desired.Ports.Where(port => !HostAddress.IsLoopback(port.HostAddress)).ToList();
        if (exposed.Count > 0)
        {
            events.Report(new Degraded(desired.Key.ContainerName, $"{desired.Key} listens on {exposed[0].HostAddress}: other machines of the network can use its port{(exposed.Count > 1 ? "s" : "")} {string.Join(", ", exposed.Select(port => port.Name))}."));
        }
    }
}
