using System.CommandLine;
using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.Cli.CommandLine;

/// <summary>Reads values of options. What cannot be is refused with the engine's own words.</summary>
internal static class Words
{
    /// <summary>A text that the engine reads; null when the option is absent.</summary>
    public static T? Read<T>(this ParseResult parse, Option<string> option, Func<string, T> read)
        where T : struct =>
        parse.GetValue(option) is { } text ? Refusal.Named(ParameterOf(option), () => read(text)) : null;

    /// <summary>One of the words of an enumeration, in whatever case and with or without dashes; null when the option is absent.</summary>
    public static T? Choice<T>(this ParseResult parse, Option<string> option)
        where T : struct, Enum =>
        parse.Read(option, text => Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && text.All(letter => char.IsAsciiLetter(letter) || letter == '-')
            ? value
            : throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{text}' is none of {string.Join(", ", Names<T>())}.", "Use one of them."));

    /// <summary>The words of an enumeration.</summary>
    public static IEnumerable<string> Names<T>()
        where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => name.ToLowerInvariant());

    /// <summary>Rows that are written <c>name=value</c>.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="bare">The name of a row that is a value alone; null when there can be none.</param>
    /// <param name="last">Whether the last <c>=</c> divides it, not the first.</param>
    public static List<KeyValuePair<string, string>> Rows(this ParseResult parse, Option<string[]> option, string? bare = null, bool last = false) =>
        (parse.GetValue(option) ?? []).Select(row =>
        {
            var at = last ? row.LastIndexOf('=') : row.IndexOf('=', StringComparison.Ordinal);
            return at > 0 ? KeyValuePair.Create(row[..at], row[(at + 1)..])
                : at < 0 && bare is not null ? KeyValuePair.Create(bare, row)
                : throw Refusal.Of(ParameterOf(option), new LocalZureException(ErrorCode.ParameterInvalid, $"'{row}' is not written as name=value.", "Write the name, '=' and the value."));
        }).ToList();

    // "TimeToLive" for --time-to-live, as the engine's messages name it.
    private static string ParameterOf(Option option) =>
        string.Concat(option.Name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
