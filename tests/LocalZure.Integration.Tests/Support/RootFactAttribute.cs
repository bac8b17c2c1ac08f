namespace LocalZure.Integration.Tests.Support;

/// <summary>A test of what root may not do in host mode; skipped for other users.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public override string? Skip => Environment.IsPrivilegedProcess ? Requirements.Host : "this is about root";
}
