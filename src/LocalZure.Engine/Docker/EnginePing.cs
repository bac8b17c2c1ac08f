using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>What the head of a ping's answer tells.</summary>
/// <param name="ApiVersion">The newest API version of the engine; null when it does not tell.</param>
/// <param name="EngineName">The engine's name.</param>
/// <param name="EngineVersion">The engine's version; empty when it does not tell.</param>
/// <param name="OperatingSystem">The operating system of its containers.</param>
internal sealed record EnginePing(DockerApiVersion? ApiVersion, string EngineName, string EngineVersion, string OperatingSystem)
{
    /// <summary>Reads it.</summary>
    public static EnginePing Of(HttpResponseMessage response)
    {
        // Server: Docker/20.10.24+dfsg1 (linux), Libpod/4.3.1 (linux)
        var product = (Header(response, "Server") ?? "").Split(' ')[0].Split('/', 2);
        return new EnginePing(
            DockerApiVersion.Parse(Header(response, "Api-Version")),
            product[0] == "Libpod" ? SystemClient.PodmanName : SystemClient.DockerName,
            product.Length == 2 ? product[1] : "",
            Header(response, "OSType") ?? "linux");
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
