using System.Text.RegularExpressions;

namespace LocalZure.Engine.Catalog;

/// <summary>
/// Fills the placeholders of a definition's texts: <c>{address}</c>, <c>{port.NAME}</c> and <c>{volume.NAME}</c>,
/// for example <c>http://{address}:{port.blob}/devstoreaccount1</c>.
/// </summary>
internal sealed partial class Template
{
    private readonly string _address;
    private readonly IReadOnlyDictionary<string, int> _ports;
    private readonly IReadOnlyDictionary<string, string> _volumes;

    /// <summary>Creates one from what the placeholders stand for.</summary>
    /// <param name="address">The address clients connect to.</param>
    /// <param name="ports">Host ports by name.</param>
    /// <param name="volumes">Paths by volume name.</param>
    public Template(string address, IReadOnlyDictionary<string, int> ports, IReadOnlyDictionary<string, string> volumes)
    {
        _address = address;
        _ports = ports;
        _volumes = volumes;
    }

    /// <summary>Fills a text.</summary>
    /// <exception cref="KeyNotFoundException">The text names a port or volume that the service has not; a test over the catalog rules it out.</exception>
    public string Fill(string text) => Placeholder().Replace(text, match => match.Groups["kind"].Value switch
    {
        "address" => _address,
        "port" => _ports[match.Groups["name"].Value].ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => _volumes[match.Groups["name"].Value],
    });

    /// <summary>Whether every port that the text names is known.</summary>
    public bool CanFill(string text) =>
        Placeholder().Matches(text).All(match => match.Groups["kind"].Value != "port" || _ports.ContainsKey(match.Groups["name"].Value));

    [GeneratedRegex(@"\{(?<kind>address|port|volume)(\.(?<name>[a-z0-9-]+))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
