namespace LocalZure.Engine.Tests.Support;

/// <summary>A test against the real daemon; skipped with the reason when there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerFactAttribute : FactAttribute
{
    public DockerFactAttribute()
    {
        Skip = DockerTestImage.SkipReason;
    }
}
