using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Reads tables of texts, for example <c>@{ NODE_ENV = 'development' }</c>.</summary>
internal static class TextTable
{
    /// <summary>Keys and values as texts, written the same in every culture.</summary>
    public static Dictionary<string, string> Read(IDictionary table)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
        {
            texts[Text(entry.Key)] = Text(entry.Value);
        }

        return texts;
    }

    private static string Text(object? value) => (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) ?? "";
}
