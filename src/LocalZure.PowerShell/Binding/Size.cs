using System.Globalization;
using LocalZure.Engine.Support;

namespace LocalZure.PowerShell.Binding;

/// <summary>A size as people write it: <c>"512m"</c>, <c>"1.5GB"</c>, or a number of bytes such as <c>512MB</c>.</summary>
public sealed class Size : Argument<long>
{
    /// <summary>Takes what was given.</summary>
    /// <param name="given">What the user passed, without PowerShell's wrapper.</param>
    public Size(object? given)
        : base(given, Parse)
    {
    }

    // A number counts bytes: PowerShell itself has read 512MB.
    private static long Parse(object? given) => given switch
    {
        double number => ByteSize.Parse(number.ToString("0.###", CultureInfo.InvariantCulture)),
        null => ByteSize.Parse("$null"),
        _ => ByteSize.Parse(Convert.ToString(given, CultureInfo.InvariantCulture) ?? ""),
    };
}
