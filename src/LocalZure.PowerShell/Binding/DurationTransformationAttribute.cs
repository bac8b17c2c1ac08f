using System.Globalization;
using System.Management.Automation;
using LocalZure.Engine.Support;

namespace LocalZure.PowerShell.Binding;

/// <summary>Takes spans of time as people write them: <c>30</c> and <c>"30"</c> (seconds), <c>"10m"</c>, <c>"1h30m"</c>, a TimeSpan.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Read(inputData) ?? inputData;

    /// <summary>Reads a span of time; null when the value is of a kind that cannot be one.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The text or number is no span of time.</exception>
    internal static TimeSpan? Read(object? value)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        try
        {
            return bare switch
            {
                TimeSpan span when span < TimeSpan.Zero => throw new ArgumentTransformationMetadataException($"{span} is negative."),
                TimeSpan span => span,
                string text => Duration.Parse(text),

                // PowerShell reads a bare 2d as a number of type decimal, and 30s as one of type short: the suffixes are those
                // of days and seconds.
                decimal days => Duration.Parse(days.ToString(CultureInfo.InvariantCulture) + "d"),

                // Without this PowerShell would take 30 for 30 ticks of 100 ns.
                short or int or long or float or double => Duration.Parse(Convert.ToString(bare, CultureInfo.InvariantCulture)!),
                _ => null,
            };
        }
        catch (LocalZureException e)
        {
            throw new ArgumentTransformationMetadataException($"{e.Message} {e.Remedy}", e);
        }
    }
}
