using System.Buffers.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// A reset between the removal of a container and the start of the next one like it: all that the next one needs. It holds the
/// container's environment and with that its secrets; its file is only for this user to read and goes when the container is there.
/// </summary>
/// <param name="Name">The container's name.</param>
/// <param name="Operation">The id of the reset, which what it has made carries.</param>
/// <param name="Before">The id of the container that is to be removed.</param>
/// <param name="Content">What the runtime makes the next one of.</param>
/// <param name="Files">Files that the next one gets, as Base64 by path.</param>
/// <param name="Volumes">The labels of the volumes that are to be emptied, by name.</param>
/// <param name="NeedsNetwork">Whether the container is in its instance's network.</param>
internal sealed record ResetNote(
    string Name,
    string Operation,
    string Before,
    JsonObject Content,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Volumes,
    bool NeedsNetwork)
{
    /// <summary>The service's name; null in notes of earlier versions.</summary>
    public string? Service { get; init; }

    /// <summary>The service's instance; null for the unnamed one, and in notes of earlier versions.</summary>
    public string? Instance { get; init; }

    /// <summary>The image of the container, as it was named; null in notes of earlier versions.</summary>
    public string? Image { get; init; }

    /// <summary>The id of the engine; null when it has none, and in notes of earlier versions.</summary>
    public string? Engine { get; init; }

    /// <summary>The service; null in notes of earlier versions.</summary>
    [JsonIgnore]
    public ServiceKey? Key => Service is null ? null : new ServiceKey(Service, Instance);

    /// <summary>The container as the runtime reads it.</summary>
    public ContainerBlueprint ToBlueprint() =>
        new(Name, Content, Files.Select(file => new ContainerFile(file.Key, Convert.FromBase64String(file.Value))).ToList());

    /// <summary>Whether it has all that it must have, and is that of a name: a file may hold anything.</summary>
    public bool IsWhole(string name) =>
        Name == name && !string.IsNullOrEmpty(Operation) && Before is not null && Content is not null
        && Files is not null && Files.Values.All(content => content is not null && Base64.IsValid(content))
        && Volumes is not null && Volumes.Values.All(labels => labels is not null)
        && (Key is not { } key || key.ContainerName == name);
}
