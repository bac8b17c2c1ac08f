namespace LocalZure.Engine.Configuration.Settings;

/// <summary>What a container may do; null takes the engine's own.</summary>
internal sealed record SecuritySettings
{
    /// <summary>Whether its processes cannot gain privileges.</summary>
    public bool? NoNewPrivileges { get; init; }

    /// <summary>Whether its file system cannot be written, volumes aside.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Linux capabilities that are taken away.</summary>
    public IReadOnlyList<string>? CapDrop { get; init; }
}
