namespace LocalZure.Engine.Tests.Support;

/// <summary>A test that gives files to other users, or hides processes, as only root of a Linux may.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "needs root of a Linux";
}
