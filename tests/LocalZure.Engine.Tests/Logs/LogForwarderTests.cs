using System.Collections.Concurrent;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Logs;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Logs;

public sealed class LogForwarderTests : IDisposable
{
    private readonly TestEngine _engine = new();
    private readonly RecordedSink _sink = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Watch_StartedService_IsForwardedAndOthersAreNot()
    {
        await using var forwarder = Forwarder();
        _engine.AddOurs(TestServices.Desired("other")).Write("not ours", Later(0));

        forwarder.Watch(_engine.Events).Report(new StepPlanned("localzure-a-x", "Create", "it is not there"));
        var a = _engine.AddOurs(TestServices.Desired("a", "x"));
        a.Write("out", Later(1));
        a.Write("err", Later(2), isError: true);
        await Eventually.IsTrueAsync(() => _sink.Lines.Count == 2, "two lines");
        a.End(0);
        a.Start(Runtime.Now);
        a.Write("again", Later(3));
        await Eventually.IsTrueAsync(() => _sink.Lines.Count == 3, "three lines");

        Assert.Equal(["localzure.container.localzure-a-x stdout out", "localzure.container.localzure-a-x stderr err", "localzure.container.localzure-a-x stdout again"], _sink.Lines);
    }

    [Fact]
    public async Task Watch_ServiceThatWasThere_IsForwardedFromNowOn()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        a.Write("before", Later(-60));
        await using var forwarder = Forwarder();

        forwarder.Watch(_engine.Events).Report(new StepPlanned("localzure-a", "Join", "it runs"));
        a.Write("after", Later(1));
        await Eventually.IsTrueAsync(() => !_sink.Lines.IsEmpty, "a line");

        Assert.Equal(["localzure.container.localzure-a stdout after"], _sink.Lines);
    }

    [Fact]
    public async Task Watch_LogThatCannotBeRead_FailsAndTheNextStartTriesAgain()
    {
        await using var forwarder = Forwarder();
        _engine.AddOurs(TestServices.Desired("a")).Write("line", Later(1));
        Runtime.Before = call => call.Name == "ReadLog" ? throw new LocalZureException(ErrorCode.DockerApiError, "its log driver keeps nothing") : Task.CompletedTask;
        forwarder.Watch(_engine.Events).Report(new StepPlanned("localzure-a", "Join", "it runs"));
        await Eventually.IsTrueAsync(() => !_sink.Failures.IsEmpty, "a failure");

        Runtime.Before = _ => Task.CompletedTask;
        await Eventually.IsTrueAsync(
            () =>
            {
                forwarder.Watch(_engine.Events).Report(new StepProgressed("localzure-a", "Starting", "again"));
                return !_sink.Lines.IsEmpty;
            },
            "a line");

        Assert.Equal(["its log driver keeps nothing"], _sink.Failures);
    }

    [Fact]
    public async Task DisposeAsync_WhileServicesRun_EndsTheReading()
    {
        var forwarder = Forwarder();
        _engine.AddOurs(TestServices.Desired("a")).Write("line", Later(1));
        forwarder.Watch(_engine.Events).Report(new StepPlanned("localzure-a", "Join", "it runs"));
        await Eventually.IsTrueAsync(() => !_sink.Lines.IsEmpty, "a line");

        await forwarder.DisposeAsync().AsTask().WaitAsync(Eventually.Deadline);

        Assert.All(Runtime.Calls.Where(call => call.Name == "ReadLog"), call => Assert.True(call.Token.IsCancellationRequested));
    }

    private FakeContainerRuntime Runtime => _engine.Runtime;

    private static DateTimeOffset Later(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds);

    private LogForwarder Forwarder() => new(_sink, _engine.Runtimes, _engine.Host, _engine.Operations);

    private sealed class RecordedSink : IContainerLogSink
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ConcurrentQueue<string> Failures { get; } = new();

        public void Write(string category, LogEntry line) => Lines.Enqueue($"{category} {line.Stream} {line.Message}");

        public void Fail(LocalZureException failure) => Failures.Enqueue(failure.Message);
    }
}
