using System.Globalization;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>Reads published ports. A port that is bound to every address of both families is told once.</summary>
internal static class PortMapper
{
    private const string AnyIPv6 = "::";
    private const string AnyIPv4 = "0.0.0.0";

    /// <summary>The published ports of a list's entry.</summary>
    /// <param name="ports">What it says: a host port of 0 for one that is not published, an empty address for all.</param>
    public static IReadOnlyList<PortMapping> FromList(IReadOnlyList<PortMapping> ports) =>
        ports.Count == 0
            ? []
            : WithoutTwins(ports
                .Where(port => port.HostPort > 0)
                .Select(port => port with { HostAddress = AddressOf(port.HostAddress), Protocol = port.Protocol.Length > 0 ? port.Protocol : "tcp" }));

    /// <summary>The bound ports of an inspection.</summary>
    public static IReadOnlyList<PortMapping> FromBindings(IDictionary<string, IList<PortBinding>>? ports) =>
        ports is null or { Count: 0 } ? [] : WithoutTwins(ports.SelectMany(port => Bound(port.Key, Answers.Present(port.Value))));

    // "80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}, {"HostIp": "::", "HostPort": "8080"}]
    private static IEnumerable<PortMapping> Bound(string key, IEnumerable<PortBinding> bindings)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var number = slash < 0 ? key : key[..slash];
        var protocol = slash < 0 ? "tcp" : key[(slash + 1)..];
        foreach (var binding in bindings)
        {
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var containerPort)
                && int.TryParse(binding.HostPort, NumberStyles.None, CultureInfo.InvariantCulture, out var hostPort)
                && hostPort > 0)
            {
                yield return new PortMapping(containerPort, AddressOf(binding.HostIP), hostPort, protocol);
            }
        }
    }

    // Podman leaves the address empty when a port is bound to all.
    private static string AddressOf(string? address) => string.IsNullOrEmpty(address) ? AnyIPv4 : address;

    private static List<PortMapping> WithoutTwins(IEnumerable<PortMapping> ports)
    {
        var all = ports.Distinct().ToList();
        all.RemoveAll(port => port.HostAddress == AnyIPv6 && all.Contains(port with { HostAddress = AnyIPv4 }));
        return all.OrderBy(port => port.ContainerPort).ThenBy(port => port.Protocol, StringComparer.Ordinal).ToList();
    }
}
