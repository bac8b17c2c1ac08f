using System.Text;

namespace LocalZure.Engine.Export;

/// <summary>
/// What the runner of GitHub Actions reads: masks on standard output, and variables in the file that <c>GITHUB_ENV</c> names.
/// Source: GitHub's "Workflow commands for GitHub Actions" and the runner's ActionCommand and FileCommandManager.
/// </summary>
internal static class GitHubEnvironment
{
    /// <summary>The line that has a text masked from then on.</summary>
    public static string Mask(string secret) => $"::add-mask::{Escape(secret)}";

    /// <summary>What is appended to the file, for example <c>NAME&lt;&lt;delimiter</c>, the value and <c>delimiter</c> on lines of their own.</summary>
    /// <param name="variables">The variables.</param>
    public static string Entries(IEnumerable<EnvironmentVariable> variables)
    {
        var text = new StringBuilder();
        foreach (var variable in variables)
        {
            var delimiter = Delimiter(variable.Value);
            text.Append(variable.Name).Append("<<").Append(delimiter).Append('\n').Append(variable.Value).Append('\n').Append(delimiter).Append('\n');
        }

        return text.ToString();
    }

    // Nobody who chooses a value can foresee it and so end it early.
    private static string Delimiter(string value)
    {
        while (true)
        {
            var delimiter = $"localzure_{Guid.NewGuid():n}";
            if (!value.Contains(delimiter, StringComparison.Ordinal))
            {
                return delimiter;
            }
        }
    }

    private static string Escape(string data) => data
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}
