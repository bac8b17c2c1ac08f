using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.Support;

/// <summary>A test with Azure's own Node client; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeClientFactAttribute : FactAttribute
{
    public override string? Skip => Requirements.Docker ?? Requirements.NodeClients;
}
