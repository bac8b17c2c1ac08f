using System.Text.Json;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>
/// What others have to know of the definition of something that runs, when it is not the catalog's: a session in another folder, or
/// the watcher of a session, has no configuration to read. Written into a label and into the host registry; holds no secret.
/// </summary>
internal sealed record DefinitionNote
{
    public bool IsOwn { get; init; }

    public IReadOnlyList<PortDefinition>? Ports { get; init; }

    public IReadOnlyDictionary<string, string>? Endpoints { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? ConnectionStrings { get; init; }

    public required IReadOnlyList<ProbeDefinition> Probes { get; init; }

    public IReadOnlyList<ProbeDefinition>? HostProbes { get; init; }

    public bool IsCommand { get; init; }

    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan StopGrace { get; init; }

    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>The note of a definition; null when it is the catalog's own.</summary>
    public static string? Write(ServiceDefinition definition)
    {
        var known = definition.IsOwn ? null : ServiceCatalog.Find(definition.Name);
        if (!definition.IsOwn && (known is null || IsSame(definition, known)))
        {
            return null;
        }

        var note = new DefinitionNote
        {
            IsOwn = definition.IsOwn,
            Ports = known is null ? definition.Ports : null,
            Endpoints = known is null ? definition.Endpoints : null,
            ConnectionStrings = ReferenceEquals(definition.ConnectionStrings, known?.ConnectionStrings) ? null : definition.ConnectionStrings,
            Probes = WithoutSecrets(definition.Probes),
            HostProbes = definition.Host?.Probes is { } probes ? WithoutSecrets(probes) : null,
            IsCommand = definition.Host is { IsCommand: true },
            StartTimeout = definition.StartTimeout,
            StopGrace = definition.StopGrace,
            DependsOn = definition.DependsOn,
        };
        return JsonSerializer.Serialize(note, LifecycleJsonContext.Default.DefinitionNote);
    }

    /// <summary>The definition of what carries labels; null when they name no service, or one that is not the catalog's without a note.</summary>
    public static ServiceDefinition? Read(IReadOnlyDictionary<string, string> labels) =>
        ContainerLabels.KeyOf(labels) is { } key ? Read(key.Name, Labels.ValueOf(labels, Labels.Definition)) : null;

    /// <summary>The definition of a host process; null when the catalog does not have it and it has no note.</summary>
    public static ServiceDefinition? Read(HostProcessEntry entry) => Read(entry.Service, entry.Definition);

    /// <summary>The definition that a note tells of; that of the catalog when there is none or it cannot be read, and null when the catalog has none either.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="note">The note; null for none.</param>
    public static ServiceDefinition? Read(string name, string? note)
    {
        var known = ServiceCatalog.Find(name);
        if (note is null || Parse(note) is not { } read)
        {
            return known;
        }

        var refused = (read.ConnectionStrings ?? []).Select(pair => pair.Key).Where(variable => !VariableNames.IsOf(name, known, variable)).ToList();
        var held = refused.Count == 0 ? read : read with { ConnectionStrings = read.ConnectionStrings!.Where(pair => !refused.Contains(pair.Key)).ToList() };
        return held.Over(known ?? held.Bare(name)) with { RefusedVariables = refused };
    }

    /// <summary>Whether a note is there that cannot be read, so that the definition is the catalog's or none.</summary>
    /// <param name="note">The note; null or empty for none.</param>
    public static bool IsUnreadable(string? note) => !string.IsNullOrEmpty(note) && Parse(note) is null;

    // Headers may authorize; the other probes tell enough.
    private static List<ProbeDefinition> WithoutSecrets(IReadOnlyList<ProbeDefinition> probes) =>
        probes.Where(probe => probe is not HttpProbeDefinition { RequestHeaders.Count: > 0 }).ToList();

    // What is changed is another object: nothing else is a test over all of it for.
    private static bool IsSame(ServiceDefinition definition, ServiceDefinition known) =>
        ReferenceEquals(definition.Probes, known.Probes) && ReferenceEquals(definition.ConnectionStrings, known.ConnectionStrings) && ReferenceEquals(definition.Host, known.Host) && definition.StartTimeout == known.StartTimeout
        && definition.StopGrace == known.StopGrace && definition.DependsOn.SequenceEqual(known.DependsOn, StringComparer.Ordinal);

    // A label may be written by anybody, and by another version.
    private static DefinitionNote? Parse(string note)
    {
        try
        {
            return IsPlain(note) && JsonSerializer.Deserialize(note, LifecycleJsonContext.Default.DefinitionNote) is { } read && DefinitionNoteRule.IsWhole(read) ? read : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            // Not JSON, half a character, or a probe of no kind.
            return null;
        }
    }

    // Names and addresses are shown; none that LocalZure writes holds what a terminal would take for a command.
    private static bool IsPlain(string note)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(note));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.GetString() is { } text && !VisibleText.IsPlain(text))
            {
                return false;
            }
        }

        return true;
    }

    private ServiceDefinition Bare(string name) => new()
    {
        Name = name,
        Description = "A service of a project",
        IsOwn = IsOwn,
        Image = "",
        Ports = Ports ?? [],
        Endpoints = Endpoints ?? new Dictionary<string, string>(),
        ConnectionStrings = ConnectionStrings ?? [],
        Probes = [],
        StartTimeout = StartTimeout,
    };

    private ServiceDefinition Over(ServiceDefinition known) => known with
    {
        ConnectionStrings = ConnectionStrings ?? known.ConnectionStrings,
        Probes = Probes,
        StartTimeout = StartTimeout,
        StopGrace = StopGrace,
        DependsOn = DependsOn,
        Host = IsCommand ? new HostDefinition { Tool = "", IsCommand = true, Arguments = [], Probes = HostProbes } : HostProbes is null ? known.Host : known.Host is { } host ? host with { Probes = HostProbes } : null,
    };
}
