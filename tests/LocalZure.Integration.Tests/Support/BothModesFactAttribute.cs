namespace LocalZure.Integration.Tests.Support;

/// <summary>A test that needs both modes at once; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BothModesFactAttribute : FactAttribute
{
    public override string? Skip => Requirements.Docker ?? Requirements.Host;
}
