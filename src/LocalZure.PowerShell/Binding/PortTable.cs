using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LocalZure.Engine.Requests;

namespace LocalZure.PowerShell.Binding;

/// <summary>Reads the table of <c>-Port</c>, for example <c>@{ blob = 10000; queue = 'auto'; table = '30000-30100' }</c>.</summary>
internal static class PortTable
{
    /// <summary>The name under which the only port of a service is given.</summary>
    public const string OnlyPort = "";

    /// <summary>What is wished by port name.</summary>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static Dictionary<string, PortWish> Read(IDictionary table)
    {
        var ports = new Dictionary<string, PortWish>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            ports[(string)LanguagePrimitives.ConvertTo(entry.Key, typeof(string), CultureInfo.InvariantCulture)] = Port(entry.Value);
        }

        return ports;
    }

    private static PortWish Port(object? value) =>
        PortWish.Parse((string?)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) ?? "");
}
