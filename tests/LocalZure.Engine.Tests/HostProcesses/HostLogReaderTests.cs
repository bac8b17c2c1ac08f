using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

public sealed class HostLogReaderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_NoFolder_GivesNothing() => Assert.Empty(await ReadAsync(new ContainerLogQuery(), "missing"));

    [Fact]
    public async Task ReadAsync_RotatedFiles_AreOneSequenceOldestFirst()
    {
        Write("output.2.log", Header(5), Line(1, "out", "one"));
        Write("output.1.log", Header(6), Line(2, "err", "two"));
        Write("output.log", Header(7), Line(3, "out", ""), "no stamp", Line(4, "out", "ü 😀"));

        var lines = await ReadAsync(new ContainerLogQuery());

        Assert.Equal(
            [
                new(Noon.AddSeconds(1), false, "one"), new(Noon.AddSeconds(2), true, "two"), new(Noon.AddSeconds(3), false, ""),
                new(Noon.AddSeconds(3), false, "no stamp"), new ContainerLogLine(Noon.AddSeconds(4), false, "ü 😀"),
            ],
            lines);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "6")]
    [InlineData(2, "5 6")]
    [InlineData(3, "4 5 6")]
    [InlineData(5, "2 3 4 5 6")]
    [InlineData(6, "1 2 3 4 5 6")]
    [InlineData(100, "1 2 3 4 5 6")]
    public async Task ReadAsync_Tail_GivesTheLastOverAllFiles(int tail, string expected)
    {
        Write("output.2.log", Header(1), Line(1, "out", "1"));
        Write("output.1.log", Header(2), Line(2, "out", "2"), Line(3, "out", "3"), Line(4, "out", "4"));
        Write("output.log", Header(3), Line(5, "out", "5"), Line(6, "out", "6"));

        Assert.Equal(expected, Texts(await ReadAsync(new ContainerLogQuery(Tail: tail))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(29_999)]
    public async Task ReadAsync_TailOfALargeFile_IsExact(int tail)
    {
        Write("output.log", [Header(1), .. Enumerable.Range(0, 30_000).Select(i => Line(i, "out", i.ToString(CultureInfo.InvariantCulture)))]);

        var lines = await ReadAsync(new ContainerLogQuery(Tail: tail));

        Assert.Equal(Enumerable.Range(30_000 - tail, tail).Select(i => i.ToString(CultureInfo.InvariantCulture)), lines.Select(line => line.Text));
    }

    [Fact]
    public async Task ReadAsync_SinceAndUntil_AreInclusive()
    {
        Write("output.log", [Header(1), .. Enumerable.Range(1, 5).Select(i => Line(i, "out", i.ToString(CultureInfo.InvariantCulture)))]);

        var lines = await ReadAsync(new ContainerLogQuery(Since: Noon.AddSeconds(2), Until: Noon.AddSeconds(4)));

        Assert.Equal("2 3 4", Texts(lines));
    }

    [Fact]
    public async Task ReadAsync_RawLines_StandWhereTheFileWasLastWritten()
    {
        Write("output.log", Header(1), Line(1, "out", "1"), Line(3, "out", "3"));
        Write("output.raw.log", "a", "b");
        File.SetLastWriteTimeUtc(_folder.File("output.raw.log"), Noon.AddSeconds(2).UtcDateTime);

        Assert.Equal("1 a b 3", Texts(await ReadAsync(new ContainerLogQuery())));
        Assert.Equal("b 3", Texts(await ReadAsync(new ContainerLogQuery(Tail: 2))));
    }

    [Fact]
    public async Task ReadAsync_CrashInBothLogs_IsReadOnce()
    {
        Write("output.log", Header(1), Line(1, "out", "starting"), Line(2, "err", "Error: boom"), Line(2, "err", "    at main.js:1:7"));
        Write("output.raw.log", "main.js:1", "throw x", "Error: boom", "    at main.js:1:7", "Node.js v20");

        var lines = await ReadAsync(new ContainerLogQuery(Tail: 5));

        Assert.Equal(["Error: boom", "    at main.js:1:7", "main.js:1", "throw x", "Node.js v20"], lines.Select(line => line.Text));
    }

    [Fact]
    public async Task ReadAsync_LineLongerThanTheBuffers_ComesInWholeCharacters()
    {
        var text = string.Concat(Enumerable.Repeat("ü😀", 300_000));
        await File.WriteAllTextAsync(_folder.File("output.raw.log"), text + "\nend");

        var lines = await ReadAsync(new ContainerLogQuery());

        Assert.Equal(text, string.Concat(lines.SkipLast(1).Select(line => line.Text)));
        Assert.Equal("end", lines[^1].Text);
        Assert.All(lines, line => Assert.DoesNotContain('�', line.Text));
    }

    [Fact]
    public async Task ReadAsync_Follow_CompletesALineOnlyAtItsEnd()
    {
        var path = _folder.File("output.log");
        await File.WriteAllTextAsync(path, $"{Header(1)}\n{Line(1, "out", "half ")}");
        var isRunning = true;
        await using var lines = Reader().ReadAsync(new ContainerLogQuery(Follow: true), () => isRunning, default).GetAsyncEnumerator();
        var next = lines.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        await File.AppendAllTextAsync(path, $"whole\n{Line(2, "out", "last")}");
        Assert.True(await next.WaitAsync(Eventually.Deadline));
        Assert.Equal("half whole", lines.Current.Text);

        isRunning = false;
        Assert.True(await lines.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline));
        Assert.Equal("last", lines.Current.Text);
        Assert.False(await lines.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task ReadAsync_FollowCancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        await using var lines = Reader().ReadAsync(new ContainerLogQuery(Follow: true), () => true, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = lines.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task ReadAsync_FollowUntil_EndsWhenTheTimeHasCome()
    {
        Write("output.log", Header(1), Line(1, "out", "1"));

        var lines = await ReadAsync(new ContainerLogQuery(Follow: true, Until: TimeProvider.System.GetUtcNow().AddMilliseconds(100))).WaitAsync(Eventually.Deadline);

        Assert.Equal("1", Texts(lines));
    }

    private static string Header(int number) => $"2026-01-31T12:00:00.000Z file {number}";

    private static string Line(int second, string stream, string text) =>
        $"{Noon.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {stream} {text}";

    private static string Texts(IEnumerable<ContainerLogLine> lines) => string.Join(' ', lines.Select(line => line.Text));

    private void Write(string name, params string[] lines) => File.WriteAllText(_folder.File(name), string.Concat(lines.Select(line => line + "\n")));

    private HostLogReader Reader(string? folder = null) => new(folder is null ? _folder.Path : _folder.File(folder), TimeProvider.System);

    private async Task<List<ContainerLogLine>> ReadAsync(ContainerLogQuery query, string? folder = null)
    {
        var lines = new List<ContainerLogLine>();
        await foreach (var line in Reader(folder).ReadAsync(query, () => true, default))
        {
            lines.Add(line);
        }

        return lines;
    }
}
