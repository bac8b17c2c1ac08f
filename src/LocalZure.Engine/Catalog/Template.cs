using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Catalog;

/// <summary>
/// Fills the placeholders of a definition's texts, for example <c>http://{address}:{port.blob}/devstoreaccount1</c>:
/// <list type="table">
/// <item><term><c>{address}</c></term><description>where clients connect to it; for the service itself, where it listens</description></item>
/// <item><term><c>{port.NAME}</c></term><description>a port, as its clients or the service itself see it</description></item>
/// <item><term><c>{volume.NAME}</c></term><description>the path of a volume</description></item>
/// <item><term><c>{file.NAME}</c></term><description>the path of a file</description></item>
/// <item><term><c>{secret.NAME}</c>, <c>{secret.SERVICE.NAME}</c></term><description>a secret of its own, or of a service it needs</description></item>
/// <item><term><c>{ref.SERVICE.PROPERTY}</c></term><description>a property of a service it needs that a configuration refers to</description></item>
/// <item><term><c>{open}</c></term><description>an opening brace that is none of these</description></item>
/// <item><term><c>{service.SERVICE}</c>, <c>{service.SERVICE.PORT}</c></term><description>address and port of a service it needs, as seen from it</description></item>
/// </list>
/// </summary>
internal sealed partial class Template
{
    private readonly Dictionary<string, string> _values;

    /// <summary>Creates one from what the placeholders stand for.</summary>
    /// <param name="address">The address.</param>
    /// <param name="ports">Ports by name.</param>
    /// <param name="volumes">Paths by volume name.</param>
    /// <param name="more">Everything else by placeholder, for example <c>secret.password</c>; null for nothing else.</param>
    public Template(string address, IReadOnlyDictionary<string, int> ports, IReadOnlyDictionary<string, string> volumes, IReadOnlyDictionary<string, string>? more = null)
    {
        _values = new Dictionary<string, string>(more ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["address"] = address, ["open"] = "{" };
        foreach (var (name, port) in ports)
        {
            _values[$"port.{name}"] = port.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, path) in volumes)
        {
            _values[$"volume.{name}"] = path;
        }
    }

    /// <summary>The placeholders of a text, without their braces, for example <c>port.blob</c>.</summary>
    public static IEnumerable<string> PlaceholdersIn(string text) => Placeholder().Matches(text).Select(match => match.Groups["key"].Value);

    /// <summary>A template that gives a text as it is.</summary>
    public static string Escape(string text) => Placeholder().Replace(text, "{open}${key}}");

    /// <summary>The text that an escaped one gives.</summary>
    public static string Unescape(string template) => template.Replace("{open}", "{", StringComparison.Ordinal);

    /// <summary>Fills a text.</summary>
    /// <exception cref="KeyNotFoundException">The text names what the service has not; a test over the catalog rules it out.</exception>
    public string Fill(string text) => Placeholder().Replace(text, match => _values[match.Groups["key"].Value]);

    /// <summary>Whether everything that the text names is known.</summary>
    public bool CanFill(string text) => PlaceholdersIn(text).All(_values.ContainsKey);

    // A service's name may hold a dot, so that the parts are not told apart here.
    [GeneratedRegex(@"\{(?<key>address|open|(port|volume|file|secret|service)\.[A-Za-z0-9._-]+|ref\.[^{}\s]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
