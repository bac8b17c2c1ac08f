using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Secrets;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Shows host processes as services. Pure.</summary>
internal static class HostServiceMapper
{
    /// <summary>A process of the registry.</summary>
    /// <param name="process">The process.</param>
    /// <param name="observed">What is in flight.</param>
    public static Service Map(ObservedHostProcess process, ObservedState observed)
    {
        var entry = process.Entry;
        var state = StateOf(process, observed);
        var definition = DefinitionNote.Read(entry);
        return ServiceFiller.Fill(definition, new Service
        {
            Name = entry.Service,
            Instance = entry.Instance,
            ContainerName = entry.ContainerName,
            ProcessId = process.IsRunning ? entry.Process?.Pid : null,
            Mode = ServiceMode.Host,
            State = state,
            Health = state switch
            {
                ServiceState.Running or ServiceState.Paused => ServiceHealthStatus.Unknown,
                ServiceState.Creating or ServiceState.Starting => ServiceHealthStatus.Starting,
                _ => ServiceHealthStatus.Stopped,
            },
            Image = entry.Program,
            Ports = entry.Ports,
            Volumes = entry.Volumes,
            Lifetime = entry.Lifetime,
            ExpiresAt = entry.ExpiresAt,
            StartedAt = entry.StartedAt,
            RestartCount = 0,
            Definition = definition,
            Project = entry.Project,
            Secrets = new SecretOrigin(entry.SecretId, entry.OwnSecrets ?? ""),
            ExitCode = process.ExitCode,
            LastError = process.IsUnreachable ? "Whether it runs cannot be told from here." : state == ServiceState.Failed && process.ExitCode is { } code ? $"It ended with exit code {code}." : null,
        });
    }

    private static ServiceState StateOf(ObservedHostProcess process, ObservedState observed) => process switch
    {
        // As it was when it was last heard of.
        { IsUnreachable: true } => ServiceState.Running,
        { IsPaused: true } => ServiceState.Paused,
        { IsRunning: true } => observed.IsInFlight(process.Entry.Operation) ? ServiceState.Starting : ServiceState.Running,
        _ when observed.IsInFlight(process.Entry.Operation) => ServiceState.Creating,
        { ExitCode: null or 0 or 130 or 137 or 143 } => ServiceState.Stopped,
        _ => ServiceState.Failed,
    };
}
