using LocalZure.Engine.Support;

namespace LocalZure.Engine.Health;

/// <summary>Runs a command in the container.</summary>
internal sealed class ExecProbe : LimitedProbe
{
    private readonly ExecProbeDefinition _definition;
    private readonly ProbedService _service;

    /// <summary>Creates one.</summary>
    /// <param name="definition">The command.</param>
    /// <param name="service">A service in a container.</param>
    /// <param name="time">The clock.</param>
    public ExecProbe(ExecProbeDefinition definition, ProbedService service, TimeProvider time)
        // The program alone: arguments may hold a password.
        : base("exec", $"{definition.Command[0]} in {service.Name}", definition, time)
    {
        _definition = definition;
        _service = service;
    }

    /// <inheritdoc/>
    protected override async Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        try
        {
            if (await _service.Execute!(_definition.Command, cancellationToken).ConfigureAwait(false) is not { } result)
            {
                return Failed(null, "the container does not run");
            }

            var said = result.LastLines.LastOrDefault(line => line.Trim().Length > 0) is { } line ? $": {SecretSanitizer.Sanitize(line.Trim())}" : "";
            return result.ExitCode == 0
                ? Passed(Time.GetElapsedTime(started), $"exit code 0{said}")
                : Failed(null, $"exit code {result.ExitCode}{said}");
        }
        catch (LocalZureException e)
        {
            return Failed(null, e.Message);
        }
    }
}
