namespace LocalZure.Integration.Tests.Support;

/// <summary>Runs a theory in Docker mode; skipped with the reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class InDockerAttribute : ModeDataAttribute
{
    public InDockerAttribute(params object[] more)
        : base(ServiceMode.Docker, more)
    {
    }
}
