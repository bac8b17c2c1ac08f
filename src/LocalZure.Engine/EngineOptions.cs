using LocalZure.Engine.Catalog;
using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine;

/// <summary>Everything the host of the engine decides, as one value: two equal options may share an engine.</summary>
public sealed record EngineOptions
{
    /// <summary>The LocalZure home: tools, host processes, their data and logs, the registry.</summary>
    public required string Home { get; init; }

    /// <summary>The environment variables that are looked at, for example <c>DOCKER_HOST</c>. A snapshot, not the live ones.</summary>
    public required EnvironmentSnapshot Environment { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Finds the definition of a service by its name; null when there is none. The catalog unless a test or benchmark brings services of its own.</summary>
    internal Func<string, ServiceDefinition?> FindDefinition { get; init; } = ServiceCatalog.Find;

    /// <summary>How to start a process that outlives this one and then removes its <c>Session</c> services; null when there is no way, so that they stay until the next start.</summary>
    public WatcherCommand? Watcher { get; init; }

    /// <summary>Whether this process lasts as a session does. False refuses to start what is to end with it: a command ends at once.</summary>
    public bool HasSession { get; init; } = true;

    /// <summary>Takes what the services write that this engine starts or restarts, from then on until they end or it is disposed; null when nobody wants it.</summary>
    public IContainerLogSink? ContainerLogs { get; init; }

    /// <summary>The options that this process' environment asks for.</summary>
    /// <inheritdoc cref="DefaultHome" path="/exception"/>
    public static EngineOptions FromEnvironment()
    {
        var environment = DockerContextStore.Pin(EnvironmentSnapshot.Capture(), UserHome());
        return new EngineOptions { Home = DefaultHome(environment), Environment = environment };
    }

    /// <summary>
    /// <c>LOCALZURE_HOME</c>, else the platform's folder for a user's application data: <c>%LOCALAPPDATA%\LocalZure</c>,
    /// <c>~/Library/Application Support/LocalZure</c>, <c>$XDG_DATA_HOME/localzure</c> or <c>~/.local/share/localzure</c>.
    /// </summary>
    /// <param name="environment">The environment variables.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when <c>LOCALZURE_HOME</c> is not an absolute path.</exception>
    public static string DefaultHome(EnvironmentSnapshot environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment["LOCALZURE_HOME"] is { } home)
        {
            // PowerShell's current location is not that of its process, and every session must mean the same folder.
            return Path.IsPathFullyQualified(home) ? Path.GetFullPath(home) : throw NotAbsolute(home);
        }

        var userData = System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, System.Environment.SpecialFolderOption.DoNotVerify);
        return OperatingSystem.IsLinux() ? Path.Combine(userData, "localzure") : Path.Combine(userData, "LocalZure");
    }

    internal static string UserHome() =>
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile, System.Environment.SpecialFolderOption.DoNotVerify);

    private static LocalZureException NotAbsolute(string home) => new(
        ErrorCode.ParameterInvalid,
        $"LOCALZURE_HOME is '{home}', which is not an absolute path.",
        "Set LOCALZURE_HOME to the folder's full path, or unset it to use the default one.");
}
