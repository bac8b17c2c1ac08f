namespace LocalZure.Engine.Doctor;

/// <summary>Whether a container engine answers, and lets this user in.</summary>
internal sealed class DockerCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "Docker";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        var look = await patient.EngineAsync(cancellationToken).ConfigureAwait(false);
        return look switch
        {
            { Runtime: { } runtime } => new CheckResult(Name, CheckStatus.Passed, $"{runtime.Info.EngineName} answers at {runtime.Info.Endpoint}."),
            { Failure: { Code: ErrorCode.DockerPermissionDenied } denied } => new CheckResult(Name, CheckStatus.Failed, denied.Message, denied.Remedy, "https://docs.docker.com/engine/install/linux-postinstall/") { Details = denied.Evidence },
            { Failure: var failure } => new CheckResult(Name, CheckStatus.Failed, failure!.Message, failure.Remedy, "https://docs.docker.com/get-started/get-docker/") { Details = failure.Evidence },
        };
    }
}
