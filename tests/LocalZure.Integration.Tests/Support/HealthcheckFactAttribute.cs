namespace LocalZure.Integration.Tests.Support;

/// <summary>A test of an engine that carries out a HEALTHCHECK; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HealthcheckFactAttribute : FactAttribute
{
    public override string? Skip => Requirements.Healthchecks;
}
