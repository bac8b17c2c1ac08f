using System.Globalization;
using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>
/// What services wrote whose start failed and was undone, so that it can still be read: the last 2000 lines, 1 MiB at most, in a file
/// of the LocalZure home that only this user may read. The next start of the service removes it.
/// </summary>
internal sealed class FailedLogs
{
    /// <summary>How many lines are kept.</summary>
    public const int MostLines = 2000;

    /// <summary>How much text is kept, in characters.</summary>
    public const int MostText = 1024 * 1024;

    /// <summary>How long one is kept when the service is not started again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    private const string Heading = "localzure-log";

    private const int StampLength = 33;

    /// <summary>How long the masking may take; what is not masked by then is not kept.</summary>
    private static readonly TimeSpan MaskLimit = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="time">The clock that limits the masking; null for the system's.</param>
    public FailedLogs(string home, TimeProvider? time = null)
    {
        _folder = Path.Combine(home, "logs", "failed");
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Keeps the end of a log; nothing when it is empty.</summary>
    /// <param name="key">The service.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="mask">Takes secrets out of a line.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">HomeNotWritable or DiskFull.</exception>
    public async Task KeepAsync(ServiceKey key, IAsyncEnumerable<ContainerLogLine> lines, Func<string, string> mask, CancellationToken cancellationToken)
    {
        var last = new Queue<ContainerLogLine>();
        var length = 0;
        await foreach (var line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            last.Enqueue(line);
            length += LengthOf(line);
            while (last.Count > MostLines || (length > MostText && last.Count > 1))
            {
                length -= LengthOf(last.Dequeue());
            }
        }

        if (last.Count > 0)
        {
            await WriteAsync(key, Masked(last, mask), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what is kept of a service.</summary>
    public void Forget(ServiceKey key) => JsonFolder.Delete(FileOf(key));

    /// <summary>What was kept and is too old by now.</summary>
    public IReadOnlyList<FailedLog> FindOld(DateTimeOffset now) => ReadAll().Where(log => now - log.KeptAt > MaxAge).ToList();

    /// <summary>Everything that is kept, by the name of the service.</summary>
    public IReadOnlyList<FailedLog> ReadAll() => !Directory.Exists(_folder) ? [] : Directory.EnumerateFiles(_folder, "*.log")
        .Select(ReadHeading).OfType<FailedLog>().OrderBy(log => log.Key.Name, StringComparer.Ordinal).ThenBy(log => log.Key.Instance, StringComparer.Ordinal).ToList();

    /// <summary>The lines of one; none when it is gone meanwhile.</summary>
    public static async Task<IReadOnlyList<ContainerLogLine>> ReadAsync(FailedLog log, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(log.Path, cancellationToken).ConfigureAwait(false);
            return lines.Skip(1).Select(Parse).OfType<ContainerLogLine>().ToList();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    // Only what is kept is masked, the last lines first: they say most, should the time not be enough for all.
    private List<string> Masked(IEnumerable<ContainerLogLine> lines, Func<string, string> mask)
    {
        var began = _time.GetTimestamp();
        var masked = lines.Reverse().TakeWhile((_, index) => index == 0 || _time.GetElapsedTime(began) < MaskLimit).Select(line => Write(line, mask)).ToList();
        masked.Reverse();
        return masked;
    }

    private static int LengthOf(ContainerLogLine line) => Math.Min(line.Text.Length, MostText / 4) + StampLength;

    private string FileOf(ServiceKey key) => Path.Combine(_folder, SafeName.Of(key.ContainerName) + ".log");

    // 2026-01-31T12:00:00.1234567Z err out of memory
    private static string Write(ContainerLogLine line, Func<string, string> mask)
    {
        var text = line.Text.Length > MostText / 4 ? line.Text[..(MostText / 4)] : line.Text;
        return string.Create(CultureInfo.InvariantCulture, $"{line.Timestamp.UtcDateTime:O} {(line.IsError ? "err" : "out")} {mask(text).ReplaceLineEndings(" ")}");
    }

    private static ContainerLogLine? Parse(string text)
    {
        var parts = text.Split(' ', 3);
        return parts is [var time, "out" or "err", var rest] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp)
            ? new ContainerLogLine(stamp, parts[1] == "err", rest)
            : null;
    }

    // localzure-log blob pr42
    private static FailedLog? ReadHeading(string path)
    {
        try
        {
            using var file = new StreamReader(path);
            return file.ReadLine()?.Split(' ') is [Heading, var name, var instance]
                && PlainName.Allows(name) && (instance.Length == 0 || PlainName.Allows(instance))
                ? new FailedLog(new ServiceKey(name, instance.Length == 0 ? null : instance), path, File.GetLastWriteTimeUtc(path))
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The service was started meanwhile.
            return null;
        }
    }

    private async Task WriteAsync(ServiceKey key, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var path = FileOf(key);
        try
        {
            Directory.CreateDirectory(_folder);
            var text = string.Join('\n', lines.Prepend($"{Heading} {key.Name} {key.Instance}")) + "\n";
            await WholeFile.ReplaceAsync(path, file => file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask()).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(path, e);
        }
    }
}
