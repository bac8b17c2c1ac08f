namespace LocalZure.Engine.Tests.Support;

/// <summary>A test that runs Node.js.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Programs.Find("node") is null ? "needs Node.js on PATH" : null;
}
