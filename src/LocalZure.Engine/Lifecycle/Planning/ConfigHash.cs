using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Tells "unchanged" from "changed" across processes and versions.</summary>
internal static class ConfigHash
{
    /// <summary>Raised when what a hash covers changes, so that old containers are made anew.</summary>
    private const string Schema = "2";

    /// <summary>
    /// The hash, 16 hexadecimal digits. Time to live and time-outs are left out: they do not change the container. An
    /// environment value, which may be a secret, goes in only through the hash; secrets that are made go in as their placeholders, so
    /// that every home has the same hash.
    /// </summary>
    public static string Of(DesiredService service)
    {
        var text = new StringBuilder();
        Add(text, Schema, service.Image, service.Definition.StopSignal);
        Add(text, (service.Definition.Command ?? []).ToArray());
        Add(text, service.Definition.Host is { } host ? [host.Tool, host.Script ?? "", host.WorkingDirectory ?? "", .. host.Arguments, .. Pairs(host.Environment), .. (host.Files ?? []).SelectMany(file => (string[])["file", file.Name, file.Content])] : Array.Empty<string>());
        foreach (var port in service.Ports)
        {
            Add(text, "port", port.Name, Text(port.ContainerPort), port.HostAddress, Text(port.HostPort), port.Protocol);
            if (port.Range is { } range)
            {
                Add(text, "range", Text(range.First), Text(range.Last));
            }
        }

        foreach (var (name, value) in Sorted(service.Environment))
        {
            Add(text, "env", name, value);
        }

        // The order of mounts is that of a hash table of the caller's, which differs from process to process.
        foreach (var mount in service.Mounts.OrderBy(mount => mount.Target, StringComparer.Ordinal))
        {
            Add(text, "mount", mount.Name, mount.BindSource ?? "", mount.Target, mount.IsInMemory ? "memory" : "");
        }

        foreach (var file in service.Files)
        {
            Add(text, "file", file.Path, file.Content);
        }

        Add(text, "limits", Text(service.MemoryBytes), Text(service.Cpus), Text(service.Container.Pids));
        Add(text, "security", $"{service.Container.NoNewPrivileges} {service.Container.IsReadOnly}", string.Join(',', service.Container.DroppedCapabilities));
        Add(text, "container", service.Container.WorkingDirectory ?? "", $"{service.Container.Restart}", $"{service.Container.Network}");
        if (service.Container.HasInitProcess != service.Definition.HasInitProcess)
        {
            // Left out where nobody wishes for anything: what was made before there was such a wish stays.
            Add(text, "init process", $"{service.Container.HasInitProcess}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16].ToLowerInvariant();
    }

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> pairs) => pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static IEnumerable<string> Pairs(IReadOnlyDictionary<string, string> pairs) => Sorted(pairs).SelectMany(pair => (string[])["env", pair.Key, pair.Value]);

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    // Each part is preceded by its length, so that no two lists of parts give one text.
    private static void Add(StringBuilder text, params string[] parts)
    {
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        text.Append('\n');
    }
}
