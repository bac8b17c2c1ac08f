using LocalZure.Engine.Doctor;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Doctor;

public sealed class ExaminationTests : IDisposable
{
    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void All_Checks_HaveNamesOfTheirOwn() =>
        Assert.Equal(Examination.All.Count, Examination.All.Select(check => check.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public async Task RunAsync_SlowFirst_ComeInTheirOrder()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var results = await RunAsync(
            new FakeCheck("first", async _ =>
            {
                await second.Task;
                return Passed("first");
            }),
            new FakeCheck("second", _ =>
            {
                second.SetResult();
                return Task.FromResult(Passed("second"));
            }));

        Assert.Equal(["first: Passed", "second: Passed"], results.Select(result => result.ToString()));
    }

    [Fact]
    public async Task RunAsync_CheckThatFails_IsAFailedResultAndCostsNoOther()
    {
        var results = await RunAsync(
            new FakeCheck("bad", _ => throw new LocalZureException(ErrorCode.LockTimeout, "It is locked; Password=planted.") { Evidence = ["seen"] }),
            new FakeCheck("worse", _ => throw new UnauthorizedAccessException("Not for you.")),
            new FakeCheck("good", _ => Task.FromResult(Passed("good"))));

        Assert.Equal([CheckStatus.Failed, CheckStatus.Failed, CheckStatus.Passed], results.Select(result => result.Status));
        Assert.Equal(("It is locked; Password=***", ErrorDescriptions.For(ErrorCode.LockTimeout).Remedy), (results[0].Message, results[0].Fix));
        Assert.Equal(["seen"], results[0].Details);
    }

    [Fact]
    public async Task RunAsync_CheckThatHeedsNothing_IsCutOffInTime()
    {
        var time = new ManualTimeProvider();
        using var never = new ManualResetEventSlim();
        var running = RunAsync(time, new FakeCheck("stuck", _ =>
        {
            never.Wait(CancellationToken.None);
            return Task.FromResult(Passed("stuck"));
        }));

        await time.RunAsync(running);

        var result = Assert.Single(await running);
        never.Set();
        Assert.Equal((CheckStatus.Warning, "The check did not end within 15 s."), (result.Status, result.Message));
    }

    [Fact]
    public async Task RunAsync_CallerStops_EndsTheChecks()
    {
        using var stop = new CancellationTokenSource();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var check = new FakeCheck("slow", async token =>
        {
            try
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended.SetResult();
            }

            return Passed("slow");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(TimeProvider.System, stop.Token, check));

        await ended.Task.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task RunAsync_EveryCheckWithoutDocker_EndsAndSaysWhatToDo()
    {
        _engine.Connector.Runtime = null;

        var results = await RunAsync([.. Examination.All]);

        Assert.Equal(Examination.All.Select(check => check.Name), results.Select(result => result.Name));
        Assert.Equal(CheckStatus.Failed, results.Single(result => result.Name == "Docker").Status);
        Assert.All(results.Where(result => result.Status is CheckStatus.Failed or CheckStatus.Warning), result => Assert.False(string.IsNullOrEmpty(result.Fix), result.Name));
        Assert.All(results, result => Assert.Matches(@"^\S.*\S$", result.Message));
        Assert.Equal(["EngineVersion", "EngineDisk", "EngineMemory", "Clock"], results.Where(result => result.Message.Contains("see the check 'Docker'", StringComparison.Ordinal)).Select(result => result.Name));
    }

    private static CheckResult Passed(string name) => new(name, CheckStatus.Passed, "Good.");

    private Task<List<CheckResult>> RunAsync(params IPrerequisiteCheck[] checks) => RunAsync(TimeProvider.System, checks);

    private Task<List<CheckResult>> RunAsync(TimeProvider time, params IPrerequisiteCheck[] checks) => RunAsync(time, default, checks);

    private async Task<List<CheckResult>> RunAsync(TimeProvider time, CancellationToken cancellationToken, params IPrerequisiteCheck[] checks)
    {
        var results = new List<CheckResult>();
        await foreach (var result in new Examination(checks, time).RunAsync(Patients.Of(_engine, new PrerequisiteRequest(), cancellationToken: cancellationToken), cancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    private sealed class FakeCheck(string name, Func<CancellationToken, Task<CheckResult>> run) : IPrerequisiteCheck
    {
        public string Name => name;

        public Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken) => run(cancellationToken);
    }
}
