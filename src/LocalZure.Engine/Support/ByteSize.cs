using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Sizes as people write them: <c>512m</c>, <c>1.5GB</c>, <c>64MiB</c>, <c>1048576</c>. All units are powers of 1024, as for the docker command line.</summary>
public static partial class ByteSize
{
    /// <summary>Reads a size in bytes.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static long Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Size().Match(text);
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw Invalid(text);
        }

        var bytes = number * Factor(match.Groups["unit"].Value);
        return bytes is >= 1 and < long.MaxValue ? (long)bytes : throw Invalid(text);
    }

    private static double Factor(string unit) => (unit.Length == 0 ? 'b' : char.ToLowerInvariant(unit[0])) switch
    {
        'k' => 1L << 10,
        'm' => 1L << 20,
        'g' => 1L << 30,
        't' => 1L << 40,
        _ => 1,
    };

    private static LocalZureException Invalid(string text) =>
        new(ErrorCode.ParameterInvalid, $"'{text}' is not a size.", "Write it as a number with a unit, for example 512m or 2g.");

    [GeneratedRegex(@"\A\s*(?<number>[0-9]+(\.[0-9]+)?)\s*(?<unit>b|[kmgt](i?b)?)?\s*\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
