using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Reads the table of <c>-Port</c>, for example <c>@{ blob = 10000; queue = 'auto' }</c>.</summary>
internal static class PortTable
{
    /// <summary>The name under which the only port of a service is given.</summary>
    public const string OnlyPort = "";

    /// <summary>Host ports by port name; 0 for a free one.</summary>
    /// <exception cref="LocalZureException">PortInvalid.</exception>
    public static Dictionary<string, int> Read(IDictionary table)
    {
        var ports = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            ports[(string)LanguagePrimitives.ConvertTo(entry.Key, typeof(string), CultureInfo.InvariantCulture)] = Port(entry.Value);
        }

        return ports;
    }

    private static int Port(object? value)
    {
        var text = (string?)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) ?? "";
        if (string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new LocalZureException(ErrorCode.PortInvalid, $"'{text}' is not a port.");
    }
}
