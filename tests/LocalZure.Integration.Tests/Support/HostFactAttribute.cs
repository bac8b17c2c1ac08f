namespace LocalZure.Integration.Tests.Support;

/// <summary>A test of host mode alone; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFactAttribute : FactAttribute
{
    public override string? Skip => Requirements.Host;
}
