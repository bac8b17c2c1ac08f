namespace LocalZure.Integration.Tests.Support;

/// <summary>A test that only root can run, in host mode unless it says so; skipped for other users.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    /// <summary>Whether it needs what host mode does.</summary>
    public bool NeedsHost { get; init; } = true;

    public override string? Skip => !Environment.IsPrivilegedProcess ? "this is about root" : NeedsHost ? Requirements.Host : null;
}
