namespace LocalZure.Engine.Doctor;

/// <summary>Whether the engine has memory enough for the services.</summary>
internal sealed class EngineMemoryCheck : IPrerequisiteCheck
{
    private const long Comfortable = 2L << 30;

    /// <inheritdoc/>
    public string Name => "EngineMemory";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        if ((await patient.EngineAsync(cancellationToken).ConfigureAwait(false)).Runtime is null)
        {
            return EngineLook.Skip(Name);
        }

        var memory = (await patient.MachineAsync(cancellationToken).ConfigureAwait(false)).MemoryBytes;
        if (memory == 0)
        {
            return new CheckResult(Name, CheckStatus.Skipped, "The engine does not tell how much memory it has.");
        }

        var services = (await patient.ProjectAsync(cancellationToken).ConfigureAwait(false)).Services;
        var needs = services.Where(service => service.Definition.MinimumMemoryBytes is not null).ToList();
        var needed = needs.Sum(service => service.Definition.MinimumMemoryBytes!.Value);
        var message = $"The engine has {FreeSpace.Show(memory)}{(needs.Count == 0 ? "" : $"; {FreeSpace.Show(needed)} is the least for {string.Join(", ", needs.Select(service => service.Key))}")}.";
        const string fix = "Give the engine more memory (Docker Desktop: Settings, Resources; WSL: .wslconfig), or start fewer services.";
        return needed > memory ? new CheckResult(Name, CheckStatus.Failed, message, fix)
            : memory < Comfortable ? new CheckResult(Name, CheckStatus.Warning, message, fix)
            : new CheckResult(Name, CheckStatus.Passed, message);
    }
}
