using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Doctor;

/// <summary>The services that are looked at.</summary>
/// <param name="Services">Each with what it needs before it; empty when none is named or enabled, or the configuration is bad.</param>
/// <param name="Failure">Why they are not known; null when they are.</param>
internal sealed record ProjectLook(IReadOnlyList<DesiredService> Services, LocalZureException? Failure)
{
    /// <summary>The result of a check that is about services when there is none to look at.</summary>
    /// <param name="name">The check's name.</param>
    public CheckResult Skip(string name) => new(
        name,
        CheckStatus.Skipped,
        Failure is null ? "No service is named, and no localzure.yml enables one." : $"The services are not known: {Failure.Message}",
        Failure?.Remedy);
}
