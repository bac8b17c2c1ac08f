namespace LocalZure.Engine.Tests.Support;

/// <summary>A test that needs signals, sessions and <c>/proc</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "reads /proc, which only Linux has";
}
