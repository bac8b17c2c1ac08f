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
    public static IReadOnlyList<PortMapping> FromList(IList<PortSummary>? ports) =>
        ports is null or { Count: 0 }
            ? []
            : WithoutTwins(Answers.Present(ports)
                .Where(port => port.PublicPort > 0)
                .Select(port => new PortMapping(port.PrivatePort, AddressOf(port.IP), port.PublicPort ?? 0, port.Type is { Length: > 0 } type ? type : "tcp")));

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
