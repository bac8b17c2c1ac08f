using System.Globalization;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor;

/// <summary>Judges the space that is left on a disk.</summary>
internal static class FreeSpace
{
    private const long Gigabyte = 1L << 30;

    /// <summary>The result for a folder.</summary>
    /// <param name="name">The check's name.</param>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="what">What is kept there, as the subject of a sentence.</param>
    /// <param name="least">Below it things fail, in bytes.</param>
    /// <param name="comfortable">Below it they soon will, in bytes.</param>
    /// <param name="fix">How to get more.</param>
    public static CheckResult Judge(string name, string folder, string what, long least, long comfortable, string fix)
    {
        if (DiskSpace.FreeBytes(folder) is not { } free)
        {
            return new CheckResult(name, CheckStatus.Skipped, $"The space that is left for '{folder}' cannot be told.");
        }

        var status = free < least ? CheckStatus.Failed : free < comfortable ? CheckStatus.Warning : CheckStatus.Passed;
        return new CheckResult(name, status, $"{what} ('{folder}') has {Show(free)} left.", status == CheckStatus.Passed ? null : fix);
    }

    /// <summary>A number of bytes for people, for example <c>12.5 GiB</c>.</summary>
    public static string Show(long bytes) => bytes < Gigabyte
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gigabyte:0.0} GiB");
}
