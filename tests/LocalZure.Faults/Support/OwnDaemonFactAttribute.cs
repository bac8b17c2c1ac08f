namespace LocalZure.Faults.Support;

/// <summary>A test that ends and starts a daemon of its own; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OwnDaemonFactAttribute : FactAttribute
{
    public override string? Skip => OwnDaemon.Problem;
}
