using System.Text.Json;

namespace LocalZure.Engine.Export;

/// <summary>Sets connection settings in an <c>appsettings*.json</c>, or in the <c>local.settings.json</c> of Azure Functions.</summary>
internal static class AppSettingsFile
{
    /// <summary>The file of Azure Functions, whose <c>Values</c> are environment variables.</summary>
    public const string OfFunctions = "local.settings.json";

    private const string Section = "ConnectionStrings";
    private const string Prefix = Section + "__";

    /// <summary>The text with the variables set.</summary>
    /// <param name="text">The text before; blank for a new file.</param>
    /// <param name="newLine">How its lines end.</param>
    /// <param name="path">The file.</param>
    /// <param name="variables">The variables; an appsettings file takes those that are connection strings, since the others are read from the environment alone.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when the text cannot take them.</exception>
    public static string Set(string text, string newLine, string path, IEnumerable<EnvironmentVariable> variables)
    {
        var ofFunctions = string.Equals(Path.GetFileName(path), OfFunctions, StringComparison.OrdinalIgnoreCase);
        var editor = new JsoncEditor(string.IsNullOrWhiteSpace(text) ? New(ofFunctions, newLine) : text, newLine, $"The file '{path}'");
        foreach (var variable in variables)
        {
            if (ofFunctions)
            {
                CheckReadable(editor, path);
                editor.Set("Values", variable.Name, variable.Value);
            }
            else if (variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                SetConnectionString(editor, variable.Name[Prefix.Length..], variable.Value);
            }
        }

        return editor.ToString();
    }

    private static void SetConnectionString(JsoncEditor editor, string name, string value)
    {
        // "ConnectionStrings:blob": "…" is the same setting; .NET refuses a file that has it twice.
        if (editor.Root.Of($"{Section}:{name}").Any())
        {
            editor.Set($"{Section}:{name}", value);
        }
        else
        {
            editor.Set(Section, name, value);
        }
    }

    private static void CheckReadable(JsoncEditor editor, string path)
    {
        if (editor.Root.Of("IsEncrypted").Any(value => value.Kind == JsonTokenType.True))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The values of '{path}' are encrypted (IsEncrypted).", "Run 'func settings decrypt' first.");
        }
    }

    private static string New(bool ofFunctions, string newLine) =>
        ofFunctions ? $"{{{newLine}  \"IsEncrypted\": false,{newLine}  \"Values\": {{}}{newLine}}}{newLine}" : $"{{}}{newLine}";
}
