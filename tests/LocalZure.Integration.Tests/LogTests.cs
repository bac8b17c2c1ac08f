using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Azurite writes a line for each request, which is what these tests wait for.</summary>
public sealed class LogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory, InDocker, OnHost]
    public async Task ReadLog_GivesTheLinesInOrder(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await Blobs.AskForAsync(service, "first-word");
        await Blobs.AskForAsync(service, "second-word");

        var lines = await ReadToAsync(lab, "second-word");

        Assert.All(lines, line => Assert.Equal(("blob", lab.Instance, service.ContainerName), (line.Service, line.Instance, line.ContainerName)));
        Assert.Equal(lines.Select(line => line.Timestamp).Order(), lines.Select(line => line.Timestamp));
        Assert.Contains(lines, line => line.Message.StartsWith("Azurite Blob service successfully listens on ", StringComparison.Ordinal));
        Assert.True(IndexOf(lines, "first-word") < IndexOf(lines, "second-word"));
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task ReadLog_TailAndSince_GiveTheEnd(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        await Blobs.AskForAsync(service, "early-word");
        await Blobs.AskForAsync(service, "late-word");
        var all = await ReadToAsync(lab, "late-word");
        var since = all[IndexOf(all, "late-word")].Timestamp;

        Assert.Equal(all.TakeLast(2), await ReadAsync(lab, request => request with { Tail = 2 }));
        Assert.Empty(await ReadAsync(lab, request => request with { Tail = 0 }));
        Assert.Equal(all.Where(line => line.Timestamp >= since), await ReadAsync(lab, request => request with { Since = since }));
    }

    [Theory, InDocker, OnHost]
    public async Task ReadLog_Follow_GivesLinesAsTheyAreWrittenAndEndsWhenCancelled(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        using var cancel = new CancellationTokenSource();
        await using var lines = lab.Engine.ReadLogAsync(Request(lab) with { Follow = true, Tail = 0 }, new RecordedEvents(), cancel.Token).GetAsyncEnumerator(cancel.Token);
        var next = lines.MoveNextAsync().AsTask();

        // With no line of before, a line counts from the moment in which the reading has begun, which nothing else tells.
        await Eventually.IsEmptyAsync(async () =>
        {
            await Blobs.AskForAsync(service, "begun");
            return next.IsCompleted ? [] : ["no line"];
        });
        for (var round = 0; round < 3; round++)
        {
            var word = $"word-{round}";
            await Blobs.AskForAsync(service, word);
            string message;
            do
            {
                Assert.True(await next.WaitAsync(Patience));
                message = lines.Current.Message;
                next = lines.MoveNextAsync().AsTask();
            }
            while (!message.Contains(word, StringComparison.Ordinal));
        }

        // A line more may be under way: one of the many requests above, or a second line of the last.
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await next.WaitAsync(Patience))
            {
                next = lines.MoveNextAsync().AsTask();
            }
        });
    }

    [Theory, InDocker, OnHost]
    public async Task ReadLog_Follow_EndsWithTheService(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync();
        var reading = ReadAsync(lab, request => request with { Follow = true });

        await lab.StopAsync(service, keep: true);

        var lines = await reading.WaitAsync(Patience);
        Assert.Contains(lines, line => line.Message.Contains("Azurite Blob service successfully closed", StringComparison.Ordinal));
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task ReadLog_OfTwo_IsMerged(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        await Task.WhenAll(lab.StartAsync("blob"), lab.StartAsync("queue"));

        var lines = await ReadAsync(lab, request => request);

        Assert.Equal(["blob", "queue"], lines.Select(line => line.Service).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(lines.Select(line => line.Timestamp).Order(), lines.Select(line => line.Timestamp));
    }

    private static LogRequest Request(Lab lab) => new() { Services = new ServiceQuery { Instance = lab.Instance } };

    private static async Task<List<LogEntry>> ReadAsync(Lab lab, Func<LogRequest, LogRequest> change)
    {
        List<LogEntry> lines = [];
        await foreach (var line in lab.Engine.ReadLogAsync(change(Request(lab)), new RecordedEvents(), CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }

    // Azurite answers before it writes its line, so that the line of a request that has ended may still be missing.
    private static async Task<List<LogEntry>> ReadToAsync(Lab lab, string word)
    {
        List<LogEntry> lines = [];
        await Eventually.IsEmptyAsync(async () =>
        {
            lines = await ReadAsync(lab, request => request);
            return IndexOf(lines, word) >= 0 ? [] : [$"the log without '{word}'"];
        });
        return lines;
    }

    private static int IndexOf(List<LogEntry> lines, string word) => lines.FindIndex(line => line.Message.Contains(word, StringComparison.Ordinal));
}
