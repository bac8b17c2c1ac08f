namespace LocalZure.Engine.Tests.Support;

/// <summary>A test that runs Node.js.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public bool LinuxOnly { get; init; }

    public override string? Skip => Programs.Find("node") is null ? "needs Node.js on PATH"
        : LinuxOnly && !OperatingSystem.IsLinux() ? "needs a file that only Linux has"
        : null;
}
