namespace LocalZure.Engine.Doctor;

/// <summary>Whether there is space for what host processes keep and say.</summary>
internal sealed class HomeDiskCheck : IPrerequisiteCheck
{
    private const long Least = 50L << 20;
    private const long Comfortable = 1L << 30;

    /// <inheritdoc/>
    public string Name => "HomeDisk";

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult(
        FreeSpace.Judge(Name, HomeCheck.Existing(patient.Options.Home), "The LocalZure home", Least, Comfortable, "Free space on that disk, or set LOCALZURE_HOME to a folder of another one."));
}
