namespace LocalZure.Engine.Tests.Support;

/// <summary>A test against the real daemon and a registry of its own; skipped with the reason when either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RegistryFactAttribute : FactAttribute
{
    public RegistryFactAttribute()
    {
        Skip = DockerTestImage.SkipReason ?? (LocalRegistry.IsInstalled ? null : "the program docker-registry is not installed");
    }
}
