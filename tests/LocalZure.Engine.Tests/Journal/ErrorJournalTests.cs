using LocalZure.Engine.Journal;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Journal;

public sealed class ErrorJournalTests : IDisposable
{
    private readonly TempFolder _home = new();

    private string File => _home.File("errors", "errors.jsonl");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task ReadAsync_WhatWasAppended_IsTheSame()
    {
        var entry = Entry(1) with { Service = "blob", Instance = "x", Causes = ["DiskFull: full"], Evidence = ["a\nb", "\"quoted\"; ü"], ExitCode = 137 };

        await Journal().AppendAsync([entry, Entry(2)], default);

        var content = await Journal().ReadAsync(default);
        Assert.Equal(0, content.Damaged);
        Assert.Equal(["1", "2"], content.Entries.Select(read => read.Message));
        Assert.Equal(entry with { Causes = [], Evidence = [] }, content.Entries[0] with { Causes = [], Evidence = [] });
        Assert.Equal(["DiskFull: full", "a\nb", "\"quoted\"; ü"], content.Entries[0].Causes.Concat(content.Entries[0].Evidence));
    }

    [Fact]
    public async Task AppendAsync_SixteenAtOnce_LoseNothingAndMixNothing()
    {
        const int writers = 16;
        const int each = 20;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            // Each as another process: with a handle and a lock of its own.
            for (var number = 0; number < each; number++)
            {
                await Journal().AppendAsync([Entry((writer * each) + number) with { Evidence = [new string('x', 300)] }], default);
            }
        })));

        var content = await Journal().ReadAsync(default);
        Assert.Equal(0, content.Damaged);
        Assert.Equal(Enumerable.Range(0, writers * each), content.Entries.Select(entry => int.Parse(entry.Message, System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task AppendAsync_BeyondTheLength_KeepsTheNewestInTwoFiles()
    {
        var journal = Journal(longest: 4000);
        for (var number = 0; number < 60; number++)
        {
            await journal.AppendAsync([Entry(number)], default);
        }

        var content = await journal.ReadAsync(default);
        var kept = content.Entries.Select(entry => entry.Message).ToList();
        Assert.InRange(kept.Count, 8, 40);
        Assert.Equal(Enumerable.Range(60 - kept.Count, kept.Count).Select(number => $"{number}"), kept);
        Assert.All(Directory.GetFiles(_home.File("errors"), "*.jsonl"), file => Assert.InRange(new FileInfo(file).Length, 1, 4000));
    }

    [Theory]
    [InlineData("{\"id\":\"x\",\"entry\":{\"time\":\"2026", 1)]
    [InlineData("rubbish\n{}\n{\"id\":\"x\",\"entry\":null}\n\n\0\0\n[1]\n", 5)]
    [InlineData("{\"id\":\"x\",\"entry\":{\"time\":\"2026-01-01T00:00:00Z\",\"errorId\":\"A\",\"category\":\"Nobody\",\"severity\":\"High\",\"recoverable\":true,\"operation\":\"\",\"message\":\"\",\"remedy\":\"\"}}\n", 1)]
    public async Task ReadAsync_DamagedLines_AreCountedAndCostNoOthers(string damage, int damaged)
    {
        await Journal().AppendAsync([Entry(1)], default);
        await System.IO.File.AppendAllTextAsync(File, damage);
        await Journal().AppendAsync([Entry(2)], default);

        var content = await Journal().ReadAsync(default);

        Assert.Equal((damaged, "1,2"), (content.Damaged, string.Join(',', content.Entries.Select(entry => entry.Message))));
    }

    [Fact]
    public async Task ReadAsync_NothingEverFailed_IsEmptyAndMakesNothing()
    {
        Assert.Empty((await Journal().ReadAsync(default)).Entries);
        await Journal().ClearAsync(default);

        Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public async Task ClearAsync_Entries_AreGone()
    {
        var journal = Journal(longest: 1000);
        for (var number = 0; number < 5; number++)
        {
            await journal.AppendAsync([Entry(number)], default);
        }

        await journal.ClearAsync(default);

        Assert.Empty((await journal.ReadAsync(default)).Entries);
    }

    [UnixFact]
    public async Task AppendAsync_Files_AreForThisUserAlone()
    {
        await Journal().AppendAsync([Entry(1)], default);

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_home.File("errors")));
    }

    internal static ErrorEntry Entry(int number) => new()
    {
        Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number),
        ErrorId = "PortInUse",
        Category = ErrorCategory.Host,
        Severity = ErrorSeverity.High,
        Recoverable = true,
        Operation = "Start",
        Message = $"{number}",
        Remedy = "Stop it.",
    };

    private ErrorJournal Journal(long longest = 1 << 20) => new(_home.Path, TimeProvider.System, longest);
}
