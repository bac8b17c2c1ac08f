namespace LocalZure.Engine.Tests.Support;

/// <summary>A test that needs signals, sessions and a shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "reads /proc, which only Linux has";
}
