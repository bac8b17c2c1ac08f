namespace LocalZure.Engine.Doctor;

/// <summary>Whether the engine has space for images and data.</summary>
internal sealed class EngineDiskCheck : IPrerequisiteCheck
{
    private const long Least = 512L << 20;
    private const long Comfortable = 5L << 30;

    /// <inheritdoc/>
    public string Name => "EngineDisk";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        if ((await patient.EngineAsync(cancellationToken).ConfigureAwait(false)).Runtime is not { } runtime)
        {
            return EngineLook.Skip(Name);
        }

        var machine = await patient.MachineAsync(cancellationToken).ConfigureAwait(false);
        return runtime.Info.IsLocal && OperatingSystem.IsLinux() && Directory.Exists(machine.DataFolder)
            ? FreeSpace.Judge(Name, machine.DataFolder, "The engine's disk", Least, Comfortable, "See what uses it with 'docker system df', and remove what is not needed with 'docker image prune' and 'docker builder prune'.")
            : new CheckResult(Name, CheckStatus.Skipped, "The engine's disk belongs to another machine or cannot be seen from here; 'docker system df' shows what uses it.");
    }
}
