namespace LocalZure.Engine.Doctor;

/// <summary>Whether something of ours has no reason to exist any more.</summary>
internal sealed class LeftoversCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "Leftovers";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        var orphans = await patient.OrphansAsync(cancellationToken).ConfigureAwait(false);
        return orphans.Count == 0
            ? new CheckResult(Name, CheckStatus.Passed, "Nothing is left over.")
            : new CheckResult(Name, CheckStatus.Warning, $"{(orphans.Count == 1 ? "One thing has" : $"{orphans.Count} things have")} no reason to exist any more: {orphans[0]}{(orphans.Count > 1 ? " and others" : "")}.", "Remove-LzOrphan removes them; with -WhatIf it names them.")
            {
                Details = orphans.Select(orphan => orphan.ToString()).ToList(),
            };
    }
}
