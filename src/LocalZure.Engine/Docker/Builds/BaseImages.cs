using System.Text.RegularExpressions;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Finds the images that a Dockerfile builds on, to know whose credentials the engine may need.</summary>
internal static partial class BaseImages
{
    /// <summary>The images of <c>FROM</c> and <c>COPY --from</c>. What cannot be told without running the build is left out.</summary>
    /// <param name="lines">The Dockerfile.</param>
    /// <param name="arguments">The build arguments.</param>
    public static IReadOnlyList<string> Find(IEnumerable<string> lines, IReadOnlyDictionary<string, string> arguments)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        HashSet<string> stages = new(StringComparer.OrdinalIgnoreCase) { "scratch" };
        List<string> images = [];
        foreach (var line in lines)
        {
            if (Argument().Match(line) is { Success: true } argument)
            {
                var name = argument.Groups["name"].Value;
                known[name] = arguments.GetValueOrDefault(name) ?? argument.Groups["value"].Value.Trim('"', '\'');
            }
            else if (Base().Match(line) is { Success: true } found)
            {
                var image = Expand(found.Groups["image"].Value, known);
                if (!stages.Contains(image) && IsName(image) && !images.Contains(image))
                {
                    images.Add(image);
                }

                stages.Add(found.Groups["stage"].Value);
            }
        }

        return images;
    }

    /// <summary>The image that an instruction takes, with its placeholders as they are; null when it takes none.</summary>
    /// <param name="instruction">For example <c>FROM node:22 AS build</c>.</param>
    public static string? Of(string instruction) =>
        Base().Match(instruction) is { Success: true } found ? found.Groups["image"].Value : null;

    // "${BASE}", "$BASE" and "${BASE:-node:22}"
    private static string Expand(string text, Dictionary<string, string> known) => Placeholder().Replace(
        text,
        match => known.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Groups["default"].Value);

    // The number of a stage is no image.
    private static bool IsName(string text) => text.Length > 0 && !text.All(char.IsAsciiDigit) && text.AsSpan().IndexOfAny('$', '{', '}') < 0;

    [GeneratedRegex(@"\A\s*ARG\s+(?<name>\w+)(=(?<value>\S*))?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Argument();

    [GeneratedRegex(@"\A\s*(FROM\s+(--\S+\s+)*(?<image>[^\s-]\S*)(\s+AS\s+(?<stage>\S+))?|(COPY|ADD)\s+(--\S+\s+)*?--from=(?<image>\S+))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Base();

    [GeneratedRegex(@"\$(\{(?<name>\w+)(:-(?<default>[^}]*))?\}|(?<name>\w+))", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
