namespace LocalZure.Engine.Doctor;

/// <summary>Which engine it is, and whether its containers are those of the services.</summary>
internal sealed class EngineVersionCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "EngineVersion";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        if ((await patient.EngineAsync(cancellationToken).ConfigureAwait(false)).Runtime is not { } runtime)
        {
            return EngineLook.Skip(Name);
        }

        var info = runtime.Info;
        var machine = await patient.MachineAsync(cancellationToken).ConfigureAwait(false);
        var message = $"{info.EngineName} {info.EngineVersion} with API {info.ApiVersion}, for {machine.Platform}.";
        return machine.Platform.StartsWith("windows", StringComparison.OrdinalIgnoreCase)
            ? new CheckResult(Name, CheckStatus.Failed, $"{message} The services need Linux containers.", "Switch Docker Desktop to Linux containers, or set DOCKER_HOST to an engine that has them.")
            : new CheckResult(Name, CheckStatus.Passed, message);
    }
}
