using LocalZure.Engine.Journal;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Journal;

public sealed class FailureRecorderTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task RunAsync_Success_WritesNothing()
    {
        Assert.Equal(7, await Recorder().RunAsync("Get", () => Task.FromResult(7), default));

        Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public async Task RunAsync_Thrown_IsWrittenOnceWithItsCauses()
    {
        var cause = new LocalZureException(ErrorCode.PortInUse, "Port 1 is taken.", innerException: new IOException("address in use; Password=planted"));
        var failure = new LocalZureException(ErrorCode.DependencyFailed, "blob was not started.", innerException: cause) { Service = "blob", Instance = "x", ExitCode = 3, Evidence = ["AccountKey=planted"] };

        var thrown = await Assert.ThrowsAsync<LocalZureException>(() => Recorder().RunAsync<int>("Start", () => throw failure, default));

        Assert.Same(failure, thrown);
        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal(("DependencyFailed", ErrorCategory.Docker, ErrorSeverity.High, true, "blob", "x", "Start", "blob was not started.", 3), (entry.ErrorId, entry.Category, entry.Severity, entry.Recoverable, entry.Service, entry.Instance, entry.Operation, entry.Message, entry.ExitCode));
        Assert.Equal(["PortInUse: Port 1 is taken.", "IOException: address in use; Password=***"], entry.Causes);
        Assert.Equal(["AccountKey=***"], entry.Evidence);
        Assert.Equal(failure.Remedy, entry.Remedy);
    }

    [Fact]
    public async Task RunAsync_UnexpectedException_IsAnInternalError()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Recorder().RunAsync<int>("Get", () => throw new InvalidOperationException("Sequence contains no elements"), default));

        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal(("InternalError", "LocalZure failed unexpectedly: InvalidOperationException: Sequence contains no elements"), (entry.ErrorId, entry.Message));
        Assert.Contains(entry.Evidence, line => line.Contains(nameof(RunAsync_UnexpectedException_IsAnInternalError), StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_Outcomes_WritesThoseThatFailed()
    {
        IReadOnlyList<ServiceOutcome> outcomes =
        [
            new("blob", null, null, new LocalZureException(ErrorCode.StartTimeout, "too slow")),
            new("queue", null, new Service { Name = "queue", ContainerName = "localzure-queue", Mode = ServiceMode.Docker, State = ServiceState.Running }, null),
            new("table", "x", null, new LocalZureException(ErrorCode.Cancelled, "cancelled")),
        ];

        Assert.Same(outcomes, await Recorder().RunAsync("Start", () => Task.FromResult(outcomes), default));

        Assert.Equal(["blob: StartTimeout: too slow"], (await EntriesAsync()).Select(entry => entry.ToString()));
    }

    [Fact]
    public async Task RunAsync_CancelledByTheCaller_IsNotWritten()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Recorder().RunAsync<int>("Wait", () => throw new OperationCanceledException(stop.Token), stop.Token));

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task RunAsync_HomeThatCannotBeWritten_FailsAsItWouldHave()
    {
        var file = _home.File("a file");
        await File.WriteAllTextAsync(file, "");
        var recorder = new FailureRecorder(new ErrorJournal(Path.Combine(file, "home"), TimeProvider.System), TimeProvider.System, Path.Combine(file, "home"));
        IReadOnlyList<ServiceOutcome> outcomes = [new("blob", null, null, new LocalZureException(ErrorCode.StartTimeout, "too slow"))];

        await Assert.ThrowsAsync<TimeoutException>(() => recorder.RunAsync<int>("Get", () => throw new TimeoutException(), default));
        Assert.Same(outcomes, await recorder.RunAsync("Start", () => Task.FromResult(outcomes), default));
    }

    [Fact]
    public async Task Watch_StreamThatFails_IsWrittenAndItsElementsPass()
    {
        var seen = new List<int>();

        await Assert.ThrowsAsync<LocalZureException>(async () =>
        {
            await foreach (var number in Recorder().Watch("ReadLog", Failing(), default))
            {
                seen.Add(number);
            }
        });

        Assert.Equal([1, 2], seen);
        Assert.Equal(["ReadLog DockerApiError"], (await EntriesAsync()).Select(entry => $"{entry.Operation} {entry.ErrorId}"));
    }

    [Fact]
    public async Task Facade_CallThatIsWrong_IsInTheJournalOfTheHome()
    {
        await using var engine = new LocalZureEngine(new EngineOptions { Home = _home.Path, Environment = new EnvironmentSnapshot([]) }, new FakeConnector(null));
        var events = new RecordedEvents();
        await Assert.ThrowsAsync<LocalZureException>(() => engine.StartAsync(new StartRequest { Names = ["nosuch"] }, events, default));
        await engine.GetAsync(new ServiceQuery(), events, default);
        await Assert.ThrowsAsync<LocalZureException>(() => engine.GetAsync(new ServiceQuery { Names = ["[z-a]"] }, events, default));

        var entries = await engine.GetErrorsAsync(new ErrorQuery(), events, default);

        Assert.Equal(["Start ServiceUnknown", "Get NameInvalid"], entries.Select(entry => $"{entry.Operation} {entry.ErrorId}"));
        await engine.ClearErrorsAsync(default);
        Assert.Empty(await engine.GetErrorsAsync(new ErrorQuery(), events, default));
    }

    private static async IAsyncEnumerable<int> Failing()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
        await Task.Yield();
        throw new LocalZureException(ErrorCode.DockerApiError, "The log broke off.");
    }

    private FailureRecorder Recorder() => new(new ErrorJournal(_home.Path, TimeProvider.System), TimeProvider.System, _home.Path);

    private async Task<IReadOnlyList<ErrorEntry>> EntriesAsync() => (await new ErrorJournal(_home.Path, TimeProvider.System).ReadAsync(default)).Entries;
}
