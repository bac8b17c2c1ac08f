using System.CommandLine;
using LocalZure.Cli.CommandLine;

namespace LocalZure.Cli.Output;

/// <summary>Chooses how results are written.</summary>
internal static class Views
{
    /// <summary>The view that <c>--output</c> asks for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="output">The option.</param>
    /// <param name="isOne">Whether exactly one thing was asked for, so that JSON is its object and no array.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static IResultView Of(ParseResult parse, Option<string> output, bool isOne = false) => parse.Choice<OutputFormat>(output) switch
    {
        OutputFormat.Json => new JsonView(Writer(), isOne),
        OutputFormat.Jsonl => new JsonLinesView(Writer()),
        _ => new TableView(Writer(), Paint.OfOutput()),
    };

    /// <summary>As <see cref="Of"/>, for results that come one by one.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="output">The option.</param>
    /// <param name="isEndless">Whether they end only when the user ends them, so that there can be no array of them.</param>
    /// <param name="isText">Whether they are lines and no table.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static IResultView OfStream(ParseResult parse, Option<string> output, bool isEndless, bool isText) => parse.Choice<OutputFormat>(output) switch
    {
        OutputFormat.Json when isEndless => throw new LocalZureException(ErrorCode.ParameterInvalid, "--output json writes one value when all is known, and this has no end.", "Use --output jsonl, which writes one object per line."),
        null or OutputFormat.Table when isText => Text(),
        _ => Of(parse, output),
    };

    /// <summary>One that writes texts as they are.</summary>
    public static IResultView Text() => new TextView(Writer(), Paint.OfOutput());

    private static StreamWriter Writer() => new(Console.OpenStandardOutput(), bufferSize: 16384);
}
