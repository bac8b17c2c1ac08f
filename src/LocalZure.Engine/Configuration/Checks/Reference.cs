using System.Text;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>A <c>${service.property}</c> in a text.</summary>
/// <param name="Service">The service.</param>
/// <param name="Property">The property, for example <c>connectionString</c> or <c>port.http</c>.</param>
/// <param name="Text">All of it, as it is written.</param>
internal sealed partial record Reference(string Service, string Property, string Text)
{
    /// <summary>
    /// The references of a text. <c>$${...}</c> is none, and neither is <c>${NAME}</c> without a dot, which is left to the shell
    /// that sees it. Blanks inside the braces count for nothing.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isService">Whether there is a service of a name: names may have dots too.</param>
    public static IEnumerable<Reference> In(string text, Func<string, bool> isService) =>
        text.Contains("${", StringComparison.Ordinal) ? Form().Matches(text).Select(match => Of(match, isService)) : [];

    /// <summary>A text with its references replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isService">Whether there is a service of a name.</param>
    /// <param name="replace">Gives what stands for a reference.</param>
    /// <param name="keep">Gives what stands for the text between references.</param>
    public static string Replace(string text, Func<string, bool> isService, Func<Reference, string> replace, Func<string, string> keep)
    {
        var result = new StringBuilder();
        var from = 0;
        foreach (var match in Form().Matches(text).AsEnumerable())
        {
            result.Append(keep(text[from..match.Index])).Append(replace(Of(match, isService)));
            from = match.Index + match.Length;
        }

        return result.Append(keep(text[from..])).ToString();
    }

    // ${a.b.port} is the port of a.b where there is such a service, else b.port of a.
    private static Reference Of(Match match, Func<string, bool> isService)
    {
        var inner = match.Groups["inner"].Value;
        var dot = inner.IndexOf('.', StringComparison.Ordinal);
        for (var next = dot; next >= 0; next = inner.IndexOf('.', next + 1))
        {
            if (isService(inner[..next]))
            {
                dot = next;
            }
        }

        return new Reference(inner[..dot], inner[(dot + 1)..], match.Value);
    }

    [GeneratedRegex(@"(?<!\$)\$\{[ \t]{0,20}(?<inner>[^{}$\s.]+\.[^{}$\s]{0,255})[ \t]{0,20}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
