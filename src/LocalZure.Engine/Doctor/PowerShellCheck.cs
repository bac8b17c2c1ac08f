namespace LocalZure.Engine.Doctor;

/// <summary>Whether PowerShell is new enough.</summary>
internal sealed class PowerShellCheck : IPrerequisiteCheck
{
    private static readonly Version Oldest = new(7, 4);

    /// <inheritdoc/>
    public string Name => "PowerShell";

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult(patient.Request.PowerShellVersion switch
    {
        null => new CheckResult(Name, CheckStatus.Skipped, "LocalZure is not called from PowerShell."),
        var version when version < Oldest => new CheckResult(Name, CheckStatus.Failed, $"PowerShell {version} is too old; LocalZure needs {Oldest} or later.", "Install a current PowerShell.", "https://aka.ms/powershell"),
        var version => new CheckResult(Name, CheckStatus.Passed, $"PowerShell {version}."),
    });
}
