using System.Text;

namespace LocalZure.Engine.Export;

/// <summary>Sets variables in the text of a <c>.env</c> file: those that are there in their place, others at the end. Everything else stays as it is.</summary>
internal static class DotEnvFile
{
    /// <summary>The text with the variables set.</summary>
    /// <param name="text">The text before; empty for a new file.</param>
    /// <param name="newLine">How its lines end.</param>
    /// <param name="variables">The variables.</param>
    public static string Set(string text, string newLine, IReadOnlyList<EnvironmentVariable> variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => DotEnvValue.Write(variable.Value), StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var result = new StringBuilder();
        var copied = 0;
        foreach (var assignment in DotEnvAssignment.FindAll(text).Where(assignment => values.ContainsKey(assignment.Name)))
        {
            // Every one of that name: which of them counts is not for all readers the same.
            result.Append(text, copied, assignment.NameEnd - copied).Append('=').Append(values[assignment.Name]);
            written.Add(assignment.Name);
            copied = assignment.ValueEnd;
        }

        result.Append(text, copied, text.Length - copied);
        foreach (var variable in variables.Where(variable => !written.Contains(variable.Name)))
        {
            result.Append(result.Length == 0 || result[^1] == '\n' ? "" : newLine).Append(variable.Name).Append('=').Append(values[variable.Name]).Append(newLine);
        }

        return result.ToString();
    }
}
