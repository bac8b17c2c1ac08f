namespace LocalZure.Engine.Requests;

/// <summary>What services have to hand over.</summary>
/// <param name="Variables">The variables; each name once.</param>
/// <param name="Warnings">What had to be left out, without a value.</param>
public sealed record CollectedVariables(IReadOnlyList<EnvironmentVariable> Variables, IReadOnlyList<string> Warnings)
{
    /// <summary>What is said when there is nothing to hand over.</summary>
    public const string Nothing = "Nothing was exported: no service that was asked for runs and has connection settings.";
}
