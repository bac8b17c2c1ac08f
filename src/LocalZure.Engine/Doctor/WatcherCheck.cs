using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor;

/// <summary>Whether services of a session can be ended with it.</summary>
internal sealed class WatcherCheck : IPrerequisiteCheck
{
    private const string Fix = "Use pwsh for services with -Lifetime Session, or end them yourself; Remove-LzOrphan and the next start remove what stays.";

    /// <inheritdoc/>
    public string Name => "Watcher";

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult(patient.Options.Watcher switch
    {
        null => new CheckResult(Name, CheckStatus.Warning, "This program has no way to start a watcher: services of a session do not end with it at once.", Fix),
        var watcher when !ProgramPath.IsProgram(watcher.FileName) => new CheckResult(Name, CheckStatus.Warning, $"The watcher of a session cannot be started: '{watcher.FileName}' is not a program.", Fix),
        var watcher => new CheckResult(Name, CheckStatus.Passed, $"Services of a session end with it; '{watcher.FileName}' runs the watcher."),
    });
}
