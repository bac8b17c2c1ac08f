using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Doctor;

/// <summary>What came of a fresh connection to the container engine: one of the two is there.</summary>
/// <param name="Runtime">The engine.</param>
/// <param name="Failure">Why none can be used.</param>
internal sealed record EngineLook(IContainerRuntime? Runtime, LocalZureException? Failure)
{
    /// <summary>The result of a check that needs an engine when there is none.</summary>
    public static CheckResult Skip(string name) => new(name, CheckStatus.Skipped, "There is no container engine to ask; see the check 'Docker'.");
}
