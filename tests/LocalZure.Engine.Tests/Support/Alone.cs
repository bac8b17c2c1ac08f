namespace LocalZure.Engine.Tests.Support;

/// <summary>Tests that run when no other does, because they look at what all share, for example the free ports of the machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>The collection's name.</summary>
    public const string Name = "alone";
}
