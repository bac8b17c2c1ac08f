using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Settings;

/// <summary>A port of a service, as the user wants it.</summary>
internal sealed record PortSettings
{
    /// <summary>The port inside the container; null takes that of the catalog, for a service of the user's own the host's.</summary>
    public int? Container { get; init; }

    /// <summary>The port of the host; null takes that of the catalog, for a service of the user's own any free one.</summary>
    public PortWish? Host { get; init; }

    /// <summary>What is spoken there.</summary>
    public PortProtocol Protocol { get; init; }
}
