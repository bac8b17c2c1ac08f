using System.Text.Json;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Endpoints;

/// <summary>Finds and reads the configuration file of the docker command line.</summary>
internal static class DockerConfigFile
{
    /// <summary>The configuration folder: <c>DOCKER_CONFIG</c>, else <c>.docker</c> in the user's home.</summary>
    public static string Folder(EnvironmentSnapshot environment, string userHome) =>
        environment["DOCKER_CONFIG"] ?? Path.Combine(userHome, ".docker");

    /// <summary>Reads <c>config.json</c>; null when there is none or it cannot be read, which leaves the defaults, as when a fresh machine has none.</summary>
    public static ConfigBody? TryRead(string folder) => Read(folder).Body;

    /// <summary>Why <c>config.json</c>, which is there, cannot be read; null when it can, or is not there.</summary>
    public static string? ProblemOf(string folder) => Read(folder).Problem;

    private static (ConfigBody? Body, string? Problem) Read(string folder)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, "config.json"));
            return (JsonSerializer.Deserialize(stream, DockerJsonContext.Default.ConfigBody), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (JsonException)
        {
            return (null, $"{Path.Combine(folder, "config.json")} is not the JSON that it should be");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, problem.Message.TrimEnd('.'));
        }
    }
}
