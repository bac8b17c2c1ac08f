using System.Runtime.Versioning;
using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class FailedLogsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServiceKey Key = new("blob", "pr42");

    private readonly TempFolder _home = new();
    private readonly FailedLogs _logs;

    public FailedLogsTests() => _logs = new FailedLogs(_home.Path);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task KeepAsync_Lines_AreReadAgainMasked()
    {
        await KeepAsync(new ContainerLogLine(Noon.AddTicks(1), false, "key is s3cret"), new ContainerLogLine(Noon.AddSeconds(1), true, "  ü 😀"), new ContainerLogLine(Noon.AddSeconds(2), false, ""));

        var log = Assert.Single(_logs.ReadAll());

        Assert.Equal(Key, log.Key);
        Assert.Equal(
            [new(Noon.AddTicks(1), false, "key is ***"), new(Noon.AddSeconds(1), true, "  ü 😀"), new ContainerLogLine(Noon.AddSeconds(2), false, "")],
            await FailedLogs.ReadAsync(log, default));
    }

    [Fact]
    public async Task KeepAsync_ManyOrLongLines_KeepsTheEnd()
    {
        await KeepAsync(Enumerable.Range(1, 3000).Select(number => new ContainerLogLine(Noon, false, number.ToString(CultureInfo.InvariantCulture))).ToArray());
        Assert.Equal(Enumerable.Range(1001, 2000).Select(number => number.ToString(CultureInfo.InvariantCulture)), await TextsAsync());

        await KeepAsync(Enumerable.Range(1, 9).Select(number => new ContainerLogLine(Noon, false, new string((char)('0' + number), 900_000))).ToArray());
        Assert.Equal(["77", "88", "99"], (await TextsAsync()).Select(text => text[..2]));
        Assert.InRange(new FileInfo(_logs.ReadAll()[0].Path).Length, 1, FailedLogs.MostText + 100);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task KeepAsync_File_IsForThisUserAlone()
    {
        await KeepAsync(new ContainerLogLine(Noon, false, "line"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_logs.ReadAll()[0].Path));
    }

    [Fact]
    public async Task KeepAsync_NoLines_KeepsNothing()
    {
        await KeepAsync();

        Assert.Empty(_logs.ReadAll());
    }

    [Fact]
    public async Task Forget_KeptLog_IsGone()
    {
        await KeepAsync(new ContainerLogLine(Noon, false, "line"));
        var log = _logs.ReadAll()[0];

        _logs.Forget(Key);
        _logs.Forget(Key);

        Assert.Empty(_logs.ReadAll());
        Assert.Empty(await FailedLogs.ReadAsync(log, default));
    }

    [Fact]
    public async Task FindOld_AfterAWeek_HasIt()
    {
        await KeepAsync(new ContainerLogLine(Noon, false, "line"));
        var kept = _logs.ReadAll()[0].KeptAt;

        Assert.Empty(_logs.FindOld(kept + FailedLogs.MaxAge));
        Assert.Single(_logs.FindOld(kept + FailedLogs.MaxAge + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task KeepAsync_ManyLines_MasksOnlyWhatIsKept()
    {
        var masked = 0;
        var lines = Enumerable.Range(1, 5000).Select(number => new ContainerLogLine(Noon, false, $"{number}")).ToArray();

        await _logs.KeepAsync(Key, LinesAsync(lines), text =>
            {
                masked++;
                return text;
            }, default);

        Assert.Equal(FailedLogs.MostLines, masked);
        Assert.Equal("5000", (await TextsAsync())[^1]);
    }

    [Fact]
    public async Task KeepAsync_MaskingThatTakesTooLong_KeepsTheLastLines()
    {
        var time = new ManualTimeProvider();
        var logs = new FailedLogs(_home.Path, time);
        var lines = Enumerable.Range(1, 100).Select(number => new ContainerLogLine(Noon, false, $"{number}")).ToArray();

        await logs.KeepAsync(
            Key,
            LinesAsync(lines),
            text =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return text;
            },
            default);

        Assert.Equal(["99", "100"], await TextsAsync());
    }

    private async Task<IReadOnlyList<string>> TextsAsync() => (await FailedLogs.ReadAsync(_logs.ReadAll()[0], default)).Select(line => line.Text).ToList();

    private Task KeepAsync(params ContainerLogLine[] lines) =>
        _logs.KeepAsync(Key, LinesAsync(lines), text => text.Replace("s3cret", "***", StringComparison.Ordinal), default);

    private static async IAsyncEnumerable<ContainerLogLine> LinesAsync(ContainerLogLine[] lines)
    {
        foreach (var line in lines)
        {
            await Task.Yield();
            yield return line;
        }
    }
}
