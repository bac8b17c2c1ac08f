using System.Text.Json;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>
/// Reads a list of containers out of its text. The first list is most of what the first command of a process waits for, and the client
/// library's types make the runtime compile 345 methods of System.Text.Json for it, which cannot be compiled ahead.
/// </summary>
/// <remarks>
/// Source of the format: ContainerList of the Engine API 1.41, and what Podman 4.3 answers in its place. What is missing or null in
/// an entry is empty; what is of another kind makes the answer unreadable.
/// </remarks>
internal static class ContainerListReader
{
    /// <summary>Reads it.</summary>
    /// <param name="answer">The answer; disposed by this.</param>
    /// <exception cref="JsonException">It is no list of containers.</exception>
    public static IReadOnlyList<ContainerSummary> Read(JsonDocument answer)
    {
        using (answer)
        {
            return Entries(answer.RootElement, "the answer").ConvertAll(ReadOne);
        }
    }

    private static ContainerSummary ReadOne(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Unreadable("an entry of the answer", body);
        }

        var state = ContainerMapper.StateOf(Text(body, "State"));
        return new ContainerSummary
        {
            Id = Text(body, "Id") ?? "",
            Name = ContainerMapper.NameOf(Texts(body, "Names")),
            Image = Text(body, "Image") ?? "",
            State = state,
            Status = Text(body, "Status") ?? "",
            Labels = LabelsOf(body),
            Ports = ContainerMapper.HasPorts(state) ? PortMapper.FromList(Objects(body, "Ports").ConvertAll(PortOf)) : [],
            Mounts = Objects(body, "Mounts").ConvertAll(MountOf),
            Networks = NetworksOf(body),
            CreatedAt = CreationOf(body),
        };
    }

    private static Dictionary<string, string> LabelsOf(JsonElement body)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Member(body, "Labels", JsonValueKind.Object) is { } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                labels[member.Name] = TextOf(member.Value, member.Name) ?? "";
            }
        }

        return labels;
    }

    private static PortMapping PortOf(JsonElement port) =>
        new(PortNumber(port, "PrivatePort"), Text(port, "IP") ?? "", PortNumber(port, "PublicPort"), Text(port, "Type") ?? "");

    private static ContainerMount MountOf(JsonElement mount) =>
        ContainerMapper.MountOf(Text(mount, "Type"), Text(mount, "Name"), Text(mount, "Source"), Text(mount, "Destination"));

    private static List<string> NetworksOf(JsonElement body)
    {
        var names = new List<string>();
        if (Member(body, "NetworkSettings", JsonValueKind.Object) is { } settings && Member(settings, "Networks", JsonValueKind.Object) is { } networks)
        {
            foreach (var network in networks.EnumerateObject())
            {
                names.Add(network.Name);
            }
        }

        return names;
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? TextOf(value, name) : null;

    private static string? TextOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => throw Unreadable(name, value),
    };

    // Absent for a port that is not published.
    private static int PortNumber(JsonElement body, string name) =>
        Member(body, name, JsonValueKind.Number) is not { } value ? 0 : value.TryGetUInt16(out var number) ? number : throw Unreadable(name, value);

    // In Unix seconds, from the year 1 to 9999.
    private static DateTimeOffset CreationOf(JsonElement body) =>
        Member(body, "Created", JsonValueKind.Number) is not { } value ? DateTimeOffset.MinValue
        : value.TryGetInt64(out var seconds) && seconds is >= -62135596800 and <= 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw Unreadable("Created", value);

    private static List<string> Texts(JsonElement body, string name)
    {
        var texts = new List<string>();
        foreach (var entry in List(body, name))
        {
            if (TextOf(entry, name) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    // Entries that are null are left out.
    private static List<JsonElement> Objects(JsonElement body, string name)
    {
        var objects = new List<JsonElement>();
        foreach (var entry in List(body, name))
        {
            if (entry.ValueKind == JsonValueKind.Object)
            {
                objects.Add(entry);
            }
            else if (entry.ValueKind != JsonValueKind.Null)
            {
                throw Unreadable(name, entry);
            }
        }

        return objects;
    }

    private static List<JsonElement> List(JsonElement body, string name) =>
        Member(body, name, JsonValueKind.Array) is { } list ? Entries(list, name) : [];

    private static List<JsonElement> Entries(JsonElement list, string name) =>
        list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : throw Unreadable(name, list);

    private static JsonElement? Member(JsonElement body, string name, JsonValueKind kind) =>
        !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == kind ? value
        : throw Unreadable(name, value);

    private static JsonException Unreadable(string name, JsonElement value) => new($"'{name}' is {value.ValueKind}.");
}
