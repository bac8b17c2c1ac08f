using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

/// <summary>Times of lines that nobody stamps, and runs that are kept apart.</summary>
public sealed class RawLogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryRead_TwoRuns_HaveTheTimesOfTheirOwn()
    {
        Run(Noon, "a", "b");
        Written(Noon.AddMinutes(1));
        Run(Noon.AddHours(1), "c", "d");
        Written(Noon.AddHours(2));

        Assert.Equal([(Noon, "a"), (Noon.AddMinutes(1), "b"), (Noon.AddHours(1), "c"), (Noon.AddHours(2), "d")], ReadAll());
        Assert.Equal([(Noon.AddMinutes(1), "b"), (Noon.AddHours(1), "c"), (Noon.AddHours(2), "d")], ReadAll(tail: 3));
        Assert.Equal([(Noon.AddHours(2), "d")], ReadAll(tail: 1));
    }

    [Theory]
    [InlineData("{0:dd MMM yyyy HH:mm:ss.fff} * Ready to accept connections", "4711:M ", true)]
    [InlineData("{0:yyyy-MM-dd HH:mm:ss.fff} UTC [42] LOG:  ready", "", false)]
    [InlineData("{0:yyyy-MM-ddTHH:mm:ssZ} ready", "", false)]
    [InlineData("{0:yyyy-MM-dd HH:mm:ss,fff} INFO ready", "", true)]
    public void TryRead_ProgramThatStampsItsLines_HasThoseTimes(string format, string prefix, bool isLocal)
    {
        var at = Noon.AddMinutes(30);
        var shown = isLocal ? at.ToLocalTime() : at;
        var line = prefix + string.Format(CultureInfo.InvariantCulture, format, shown);
        Run(Noon, "first", line, "goes on", "last");
        Written(Noon.AddHours(1));

        Assert.Equal([(Noon, "first"), (at, line), (at, "goes on"), (Noon.AddHours(1), "last")], ReadAll());
    }

    [Fact]
    public void TryRead_SecondsSinceTheEpoch_AreNeverBeforeTheStart()
    {
        var start = Noon.AddMilliseconds(700);
        var line = $"{Noon.ToUnixTimeSeconds()}: mosquitto version 2 starting";
        Run(start, line, "1000000000: of another time", "last");
        Written(Noon.AddHours(1));

        Assert.Equal([(start, line), (start, "1000000000: of another time"), (Noon.AddHours(1), "last")], ReadAll());
    }

    [Fact]
    public void TryRead_Following_GoesOnOverRunsAndAFolderMadeAnew()
    {
        Run(Noon, "a");
        using var log = new RawLog(_folder.Path, null, isNode: false);
        Assert.Equal(["a"], Texts(log));

        Append("b\n", "half");
        Assert.Equal(["b"], Texts(log));
        Run(Noon.AddSeconds(1), "c");
        Assert.Equal(["half", "c"], Texts(log));

        Directory.Delete(_folder.Path, recursive: true);
        Directory.CreateDirectory(_folder.Path);
        Run(Noon.AddSeconds(2), "d");
        Assert.Equal(["d"], Texts(log));
        Assert.Empty(Texts(log));
    }

    [Fact]
    public void TryRead_RunOfSeveralFiles_IsReadAsOne()
    {
        Run(Noon, "a");
        Append("cut in");
        using var log = new RawLog(_folder.Path, null, isNode: false);
        Assert.Equal(["a"], Texts(log));

        Part(2, " two\nb\nand");
        Part(3, " c\n");

        Assert.Equal(["cut in", " two", "b", "and", " c"], Texts(log));
        Assert.Equal(["cut in", " two", "b", "and", " c"], ReadAll(tail: 5).Select(line => line.Text));
        Assert.Equal(["and", " c"], ReadAll(tail: 2).Select(line => line.Text));
        Assert.Empty(Texts(log));
        Run(Noon.AddSeconds(1), "d");
        Assert.Equal(["d"], Texts(log));
    }

    [Fact]
    public void TryRead_Snapshot_ReadsNothingThatComesLater()
    {
        Run(Noon, "a", "b");
        using var log = new RawLog(_folder.Path, null, isNode: false, isSnapshot: true);
        Append("c\n");
        Run(Noon.AddSeconds(1), "d");

        Assert.Equal(["a", "b"], Texts(log));
    }

    [Fact]
    public void TryRead_ReadAsItComes_HasTheTimeOfTheChange()
    {
        Run(Noon);
        using var log = new RawLog(_folder.Path, null, isNode: false);
        Assert.False(log.TryRead(isOver: false, out _));

        Append("now\n", "then\n");
        Written(Noon.AddSeconds(90));

        Assert.True(log.TryRead(isOver: false, out var line));
        Assert.Equal(new ContainerLogLine(Noon.AddSeconds(90), false, "now"), line);
    }

    [Fact]
    public void BeginRun_ManyRuns_KeepsTheLastOnes()
    {
        for (var run = 0; run < 8; run++)
        {
            Run(Noon.AddSeconds(run), $"{run}");
        }

        RawLogFiles.BeginRun(_folder.Path, Noon.AddSeconds(100));
        RawLogFiles.BeginRun(_folder.Path, Noon.AddSeconds(101));

        Assert.Equal(["4", "5", "6", "7"], ReadAll().Select(line => line.Text));
        Assert.Equal(5, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void FormatRun_PartOfAMillisecond_IsRoundedUp() =>
        Assert.Equal(Noon.AddMilliseconds(1), LogLineFormat.ParseRun(LogLineFormat.FormatRun(Noon.AddTicks(1))));

    private void Run(DateTimeOffset start, params string[] lines)
    {
        RawLogFiles.BeginRun(_folder.Path, start);
        Append(lines.Select(line => line + "\n").ToArray());
    }

    // As the writer changes files.
    private void Part(int number, string text)
    {
        for (var i = RawLogFiles.Rotated - 1; i > 0; i--)
        {
            if (File.Exists(HostLogFiles.PreviousRaw(_folder.Path, i)))
            {
                File.Move(HostLogFiles.PreviousRaw(_folder.Path, i), HostLogFiles.PreviousRaw(_folder.Path, i + 1), overwrite: true);
            }
        }

        File.Move(HostLogFiles.Raw(_folder.Path), HostLogFiles.PreviousRaw(_folder.Path, 1), overwrite: true);
        File.WriteAllText(HostLogFiles.Raw(_folder.Path), $"{LogLineFormat.FormatRun(Noon)} {number} 2026-01-31T12:00:0{number}Z\n{text}");
    }

    private void Append(params string[] texts) => File.AppendAllText(HostLogFiles.Raw(_folder.Path), string.Concat(texts));

    private void Written(DateTimeOffset time) => File.SetLastWriteTimeUtc(HostLogFiles.Raw(_folder.Path), time.UtcDateTime);

    private List<(DateTimeOffset Time, string Text)> ReadAll(int? tail = null)
    {
        using var log = new RawLog(_folder.Path, tail, isNode: false);
        List<(DateTimeOffset, string)> lines = [];
        while (log.TryRead(isOver: true, out var line))
        {
            lines.Add((line.Timestamp, line.Text));
        }

        return lines;
    }

    private static List<string> Texts(RawLog log)
    {
        List<string> texts = [];
        while (log.TryRead(isOver: false, out var line))
        {
            texts.Add(line.Text);
        }

        return texts;
    }
}
