using System.Globalization;
using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Takes a moment: a date, or how long ago it was (<c>"10m"</c>, a TimeSpan, a number of seconds).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MomentTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare switch
        {
            DateTimeOffset => bare,

            // Without a kind it is local time, as everywhere in PowerShell.
            DateTime date => new DateTimeOffset(date),

            // "12:30" is a time of today, not 12.5 hours ago.
            string text when IsDate(text, out var date) => date,
            _ => DurationTransformationAttribute.Read(bare) is { } ago ? DateTimeOffset.Now - ago : inputData,
        };
    }

    private static bool IsDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out date)
        && text.AsSpan().IndexOfAny("-/:") >= 0;
}
