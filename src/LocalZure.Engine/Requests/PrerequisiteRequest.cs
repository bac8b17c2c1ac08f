namespace LocalZure.Engine.Requests;

/// <summary>What the doctor looks at.</summary>
public sealed record PrerequisiteRequest
{
    /// <summary>The services whose ports and images are looked at; empty for those that the configuration enables.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The configuration; null takes the catalog alone.</summary>
    public ConfigurationRequest? Configuration { get; init; }

    /// <summary>The version of PowerShell that calls; null when it is another program, whose version does not matter.</summary>
    public Version? PowerShellVersion { get; init; }
}
