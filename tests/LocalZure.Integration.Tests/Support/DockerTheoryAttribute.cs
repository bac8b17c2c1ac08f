namespace LocalZure.Integration.Tests.Support;

/// <summary>A theory of Docker mode alone; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DockerTheoryAttribute : TheoryAttribute
{
    public override string? Skip => Requirements.Docker;
}
