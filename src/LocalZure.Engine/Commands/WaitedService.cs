using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>One service that is waited for, and how far it has come.</summary>
internal sealed class WaitedService
{
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromMilliseconds(250);

    private readonly ServiceKey _key;
    private readonly WaitTarget _target;
    private readonly ServiceDefinition? _definition;
    private readonly TimeProvider _time;
    private Service? _last;
    private long? _healthySince;
    private string _seen = "it was not looked at yet";
    private ServiceOutcome? _outcome;

    /// <summary>Creates one.</summary>
    /// <param name="key">The service.</param>
    /// <param name="target">What it is waited for to be.</param>
    /// <param name="definition">Its definition; null when there is none.</param>
    /// <param name="time">The clock.</param>
    public WaitedService(ServiceKey key, WaitTarget target, ServiceDefinition? definition, TimeProvider time)
    {
        _key = key;
        _target = target;
        _definition = definition;
        _time = time;
    }

    /// <summary>Whether it has come so far, or cannot.</summary>
    public bool IsDone => _outcome is not null;

    /// <summary>It was found.</summary>
    /// <param name="service">As it was found.</param>
    /// <param name="health">Its health; null when that was not looked at.</param>
    public void Note(Service service, ServiceHealth? health)
    {
        _last = service;
        _seen = Describe(service, health);
        var reached = _target switch
        {
            WaitTarget.Stopped => service.State is ServiceState.Stopped or ServiceState.Failed or ServiceState.NotCreated,
            WaitTarget.Running => service.State == ServiceState.Running,
            _ => StaysHealthy(health!.Status == ServiceHealthStatus.Healthy),
        };
        if (!reached && _target != WaitTarget.Stopped && service is { State: ServiceState.Failed, ExitCode: not null })
        {
            // Nobody but a new start helps now, and that would be another container or process.
            _outcome ??= new ServiceOutcome(_key.Name, _key.Instance, null, Ended(service));
        }
        else if (reached)
        {
            Finish(_target == WaitTarget.Healthy ? service with { State = ServiceState.Running, Health = ServiceHealthStatus.Healthy } : service);
        }
    }

    /// <summary>It was not found.</summary>
    /// <param name="dockerFailure">Why containers could not be looked at; null when they could.</param>
    public void NoteMissing(LocalZureException? dockerFailure)
    {
        _healthySince = null;
        if (_last is null && _definition is null)
        {
            // Whatever comes, it will not be started under this name.
            _outcome ??= new ServiceOutcome(_key.Name, _key.Instance, null, CatalogInfo.ExplainMissing(_key.Name, _key.Instance, []));
        }
        else if (dockerFailure is not null && _last?.Mode == ServiceMode.Docker)
        {
            NoteTrouble(dockerFailure.Message);
        }
        else if (_target == WaitTarget.Stopped)
        {
            Finish(Absent());
        }
        else
        {
            _seen = dockerFailure is null ? "nothing of it is there" : $"no host process of it is there, and: {dockerFailure.Message}";
        }
    }

    /// <summary>Nothing could be looked at.</summary>
    public void NoteTrouble(string message)
    {
        _healthySince = null;
        _seen = message;
    }

    /// <summary>How it went.</summary>
    /// <param name="waited">How long it was waited.</param>
    public ServiceOutcome Outcome(TimeSpan waited) => _outcome ?? new ServiceOutcome(_key.Name, _key.Instance, null, TimedOut(waited));

    private void Finish(Service service) => _outcome ??= new ServiceOutcome(_key.Name, _key.Instance, service, null);

    // A service that is known to answer too early must do so for a while.
    private bool StaysHealthy(bool healthy)
    {
        if (!healthy)
        {
            _healthySince = null;
            return false;
        }

        _healthySince ??= _time.GetTimestamp();
        var passes = (_definition?.Probes ?? []).Concat(_definition?.Host?.Probes ?? []).Select(probe => probe.Passes).DefaultIfEmpty(1).Max();
        return _time.GetElapsedTime(_healthySince.Value) >= BetweenPasses * (passes - 1);
    }

    private static string Describe(Service service, ServiceHealth? health)
    {
        var failing = health?.Details.FirstOrDefault(detail => detail.Status != ServiceHealthStatus.Healthy);
        return failing is not null
            ? $"{failing.Type} probe of {failing.Target}: {failing.Message}"
            : $"its state is {service.State}{(service.LastError is null ? "" : $"; {service.LastError.TrimEnd('.')}")}";
    }

    private Service Absent() => (_last ?? new Service { Name = _key.Name, Instance = _key.Instance, ContainerName = _key.ContainerName, Mode = ServiceMode.Auto, State = ServiceState.NotCreated }) with
    {
        State = ServiceState.NotCreated,
        Health = ServiceHealthStatus.Stopped,
        ContainerId = null,
        ProcessId = null,
    };

    private LocalZureException Ended(Service service) => new(
        service.LastError?.Contains("memory", StringComparison.Ordinal) == true ? ErrorCode.OutOfMemory : ErrorCode.ContainerExited,
        $"{_key} has ended with exit code {service.ExitCode} and is not waited for any longer.",
        $"Get-LzContainerLog {Named} shows what it said; Restart-LzService {Named} starts it again.")
    {
        Service = _key.Name,
        Instance = _key.Instance,
    };

    // As an argument of a cmdlet.
    private string Named => _key.Instance is null ? _key.Name : $"{_key.Name} -Instance {_key.Instance}";

    private LocalZureException TimedOut(TimeSpan waited)
    {
        var (code, what) = _target switch
        {
            WaitTarget.Stopped => (ErrorCode.StopTimeout, "stop"),
            WaitTarget.Running => (ErrorCode.StartTimeout, "run"),
            _ => (ErrorCode.StartTimeout, "become healthy"),
        };
        var remedy = _target == WaitTarget.Stopped
            ? null
            : _last switch
            {
                null => $"Start it with Start-LzService {Named}, or give it more time with -Timeout.",
                { State: ServiceState.Paused } => $"Let it go on with Resume-LzService {Named}.",
                _ => $"Give it more time with -Timeout, and read its log with Get-LzContainerLog {Named}.",
            };
        return new LocalZureException(code, $"{_key} did not {what} within {waited.TotalSeconds:0.###} s ({SecretSanitizer.Sanitize(_seen.TrimEnd('.'))}).", remedy)
        {
            Service = _key.Name,
            Instance = _key.Instance,
        };
    }
}
