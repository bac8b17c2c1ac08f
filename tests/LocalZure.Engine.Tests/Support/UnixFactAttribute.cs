namespace LocalZure.Engine.Tests.Support;

/// <summary>A test that needs shell scripts or Unix permissions.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs a Unix shell" : null;
}
