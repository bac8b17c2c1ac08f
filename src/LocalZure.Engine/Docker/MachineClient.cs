using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Asks an engine about its machine.</summary>
internal sealed class MachineClient
{
    private readonly DockerHttp _http;
    private readonly bool _hasId;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="hasId">Whether the engine has an id. Podman makes one up for each answer.</param>
    public MachineClient(DockerHttp http, bool hasId)
    {
        _http = http;
        _hasId = hasId;
    }

    /// <inheritdoc cref="IContainerRuntime.ReadMachineAsync"/>
    public async Task<RuntimeMachine> ReadAsync(CancellationToken cancellationToken)
    {
        var call = DockerCall.Repeatable(DockerObject.Engine, "tell about its machine");
        var body = await _http.AskAsync(call, (client, token) => client.System.GetSystemInfoAsync(token), cancellationToken).ConfigureAwait(false);
        return new RuntimeMachine($"{(body.OSType is { Length: > 0 } system ? system : "linux")}/{NameOf(body.Architecture ?? "")}", body.MemTotal)
        {
            Clock = DateTimeOffset.TryParse(body.SystemTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var clock) ? clock : null,
            Id = _hasId && body.ID is { Length: > 0 } id ? id : null,
            DataFolder = body.DockerRootDir ?? "",
        };
    }

    // Docker tells the kernel's words, Podman those of images.
    private static string NameOf(string architecture) => architecture switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "armv7l" or "armv6l" => "arm",
        _ => architecture,
    };
}
