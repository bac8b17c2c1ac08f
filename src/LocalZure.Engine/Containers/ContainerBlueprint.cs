using System.Text.Json.Nodes;

namespace LocalZure.Engine.Containers;

/// <summary>
/// Everything that makes a container, in the runtime's own words, to create another one just like it. Holds its environment
/// and with that its secrets: it is never shown, and written down for no longer than a reset takes, for this user alone.
/// </summary>
internal sealed class ContainerBlueprint
{
    /// <summary>Creates one.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="content">What the runtime that made it reads.</param>
    /// <param name="files">Files that the new one gets.</param>
    public ContainerBlueprint(string name, JsonObject content, IReadOnlyList<ContainerFile> files)
    {
        Name = name;
        Content = content;
        Files = files;
    }

    /// <summary>The container's name, which the new one gets.</summary>
    public string Name { get; }

    /// <summary>What the runtime that made it reads.</summary>
    public JsonObject Content { get; }

    /// <summary>Files that the new one gets.</summary>
    public IReadOnlyList<ContainerFile> Files { get; }
}
