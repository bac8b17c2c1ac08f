namespace LocalZure.Integration.Tests.Support;

/// <summary>
/// Tests that run when no other does, because they look at everything of ours on the engine. They also have the trait
/// <c>Runs=alone</c>, by which the build keeps the other suites away from them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>The collection's name.</summary>
    public const string Name = "alone";
}
