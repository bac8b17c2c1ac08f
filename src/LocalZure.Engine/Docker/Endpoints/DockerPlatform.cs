namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>The operating system whose usual endpoints are looked at.</summary>
internal enum DockerPlatform
{
    /// <summary>Linux, and any other Unix.</summary>
    Linux,

    /// <summary>macOS.</summary>
    MacOS,

    /// <summary>Windows.</summary>
    Windows,
}
