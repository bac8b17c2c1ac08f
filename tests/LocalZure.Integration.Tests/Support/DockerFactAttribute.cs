namespace LocalZure.Integration.Tests.Support;

/// <summary>A test of Docker mode alone; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DockerFactAttribute : FactAttribute
{
    public override string? Skip => Requirements.Docker;
}
