using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>A call of the Engine API that is written here, word for word.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path without the version, for example <c>/containers/json</c>; parts are escaped.</param>
/// <param name="About">What it is about.</param>
/// <param name="Action">What it does, to be read after "could not", for example <c>start the container 'x'</c>.</param>
internal sealed record DockerRequest(HttpMethod Method, string Path, DockerObject About, string Action) : DockerCall(About, Action)
{
    /// <summary>The query without its question mark; empty for none.</summary>
    public string Query { get; init; } = "";

    /// <summary>The JSON body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Makes a body that is no JSON, anew for each time that the request is sent; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The value of <c>X-Registry-Auth</c>; null for none. A secret.</summary>
    public string? RegistryAuth { get; init; }

    /// <summary>The value of <c>X-Registry-Config</c>, the credentials of several registries; null for none. A secret.</summary>
    public string? RegistryConfig { get; init; }

    /// <summary>A call that reads.</summary>
    public static DockerRequest Get(string path, DockerObject about, string action) =>
        new(HttpMethod.Get, path, about, action) { Repeat = Repeat.WhenFailed };

    /// <summary>A call that changes something.</summary>
    public static DockerRequest Post(string path, DockerObject about, string action) => new(HttpMethod.Post, path, about, action);

    /// <summary>A call that removes something.</summary>
    public static DockerRequest Delete(string path, DockerObject about, string action) =>
        new(HttpMethod.Delete, path, about, action) { Repeat = Repeat.WhenFailed };

    /// <summary>The same call with a body.</summary>
    public DockerRequest With<T>(T body, JsonTypeInfo<T> type) => this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
