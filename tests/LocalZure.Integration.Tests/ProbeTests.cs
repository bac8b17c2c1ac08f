using System.Diagnostics;
using LocalZure.Engine.Health;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Every kind of probe against real containers and processes that are late, silent, hasty or hopeless.</summary>
public sealed class ProbeTests
{
    private static readonly HttpProbeDefinition Http = new("main", "/");

    // Answers exactly one request, is gone for a while and comes back for good.
    private const string HastyServer =
        "SERVICE_STATUS=200 SERVICE_BODY=ok SERVICE_READY_AT=0 SERVICE_STARTING_STATUS=200 nc -l -p 80 -e /bin/service answer; " +
        "usleep 800000; echo again; exec /bin/service listen 80";

    [DockerFact]
    public async Task Start_Http_WaitsForTheStatusAndTheBody()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var probe = Http with { ExpectedBody = "^fine$", ExpectedStatus = [StatusRange.Exactly(200)] };
        var definition = ProbeLab.Script("exec /bin/service listen 80 --starting-status 503 --ready-after 500 --ready-line open --body fine", probe);

        var service = await lab.StartAsync(definition);

        Assert.Equal(["open"], await lab.LogAsync(service));
        await AssertHealthyAsync(lab, definition, ("http", "HTTP 200"));
    }

    [DockerFact]
    public async Task Start_Tcp_WaitsForTheListenerBehindTheProxy()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("usleep 700000; echo listening; nc -ll -p 80 -e sleep 600 & wait", new TcpProbeDefinition("main"));

        var service = await lab.StartAsync(definition);

        Assert.Equal(["listening"], await lab.LogAsync(service));
        await AssertHealthyAsync(lab, definition, ("tcp", "connected"));
    }

    [DockerFact]
    public async Task Start_Exec_WaitsForExitCodeZero()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("usleep 400000; echo made; echo accepting >/ready; sleep 600 & wait", new ExecProbeDefinition(["cat", "/ready"]));

        var service = await lab.StartAsync(definition);

        Assert.Equal(["made"], await lab.LogAsync(service));
        await AssertHealthyAsync(lab, definition, ("exec", "exit code 0: accepting"));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_ExecThatNeverSucceeds_TimesOutWithItsLastWords()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("sleep 600 & wait", new ExecProbeDefinition(["sh", "-c", "echo trying; echo no response; exit 2"])) with { StartTimeout = TimeSpan.FromSeconds(2) };

        var error = await FailAsync(lab, definition);

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        Assert.EndsWith($"did not become usable within 2 s (exec probe of sh in {lab.ContainerName}: exit code 2: no response).", error.Message, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task Start_ExecOfAProgramThatIsNotThere_SaysSo()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("sleep 600 & wait", new ExecProbeDefinition(["pg_isready"])) with { StartTimeout = TimeSpan.FromSeconds(2) };

        var error = await FailAsync(lab, definition);

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        // crun, Podman's usual runtime, has the program's name inside: executable file `pg_isready` not found in $PATH
        Assert.Matches("executable file (`pg_isready` )?not found", error.Message);
    }

    [DockerFact]
    public async Task Start_Log_WaitsForTheLine()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("echo starting; usleep 400000; echo 'Now listening on: x'; sleep 600 & wait", new LogProbeDefinition("listening on"));

        var service = await lab.StartAsync(definition);

        Assert.Equal(["starting", "Now listening on: x"], await lab.LogAsync(service, atLeast: 2));
        await AssertHealthyAsync(lab, definition, ("log", "Now listening on: x"));
    }

    [DockerFact]
    public async Task Start_LogLineThatComesAtOnce_IsNotMissed()
    {
        await using var lab = await ProbeLab.OpenAsync();

        await lab.StartAsync(ProbeLab.Script("echo up; sleep 600 & wait", new LogProbeDefinition("^up$")));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_StartedAgain_DoesNotTakeALineOfItsEarlierLife()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("[ -e /seen ] && echo mute || echo up; touch /seen; sleep 600 & wait", new LogProbeDefinition("^up$")) with { StartTimeout = TimeSpan.FromSeconds(3) };
        await lab.StopAsync(await lab.StartAsync(definition));

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.StartAsync(definition));

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        Assert.EndsWith($"(log probe of log of {lab.ContainerName}: no line matches '^up$'; the last line is 'mute').", error.Message, StringComparison.Ordinal);
    }

    [HealthcheckFact]
    public async Task Start_Docker_WaitsForTheImagesHealthcheck()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("exec /bin/service listen 8080 --ready-after 300 --ready-line open", new DockerProbeDefinition()) with { Image = Requirements.BusyboxImage + "-health" };

        var service = await lab.StartAsync(definition);

        Assert.Equal(["open"], await lab.LogAsync(service));
        await AssertHealthyAsync(lab, definition, ("docker", "healthy"));
    }

    [DockerFact]
    public async Task Start_DockerWithoutHealthcheck_FailsAtOnce()
    {
        await using var lab = await ProbeLab.OpenAsync();

        var error = await FailAsync(lab, ProbeLab.Script("sleep 600 & wait", new DockerProbeDefinition()));

        Assert.Equal((ErrorCode.ServiceUnhealthy, $"The image {Requirements.ShownBusyboxImage} of {lab.ContainerName} has no HEALTHCHECK to go by."), (error.Code, error.Message));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_ManyProbes_WaitsForAll()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var script = "usleep 200000; touch /ready; /bin/service listen 80 & usleep 900000; echo up; sleep 600 & wait";
        var definition = ProbeLab.Script(script, new TcpProbeDefinition("main"), Http, new ExecProbeDefinition(["test", "-e", "/ready"]), new LogProbeDefinition("^up$"));

        var service = await lab.StartAsync(definition);

        Assert.Equal(["up"], await lab.LogAsync(service));
        await AssertHealthyAsync(lab, definition, ("tcp", "connected"), ("http", "HTTP 200"), ("exec", "exit code 0"), ("log", "up"));
    }

    [DockerTheory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [Trait("Form", "full")]
    public async Task Start_EarlyAnswerer_IsNotBelievedWhenItMustPassTwice(int passes, bool cameBack)
    {
        await using var lab = await ProbeLab.OpenAsync();

        var service = await lab.StartAsync(ProbeLab.Script(HastyServer, Http with { Passes = passes }));

        Assert.Equal(cameBack ? ["again"] : Array.Empty<string>(), await lab.LogAsync(service, atLeast: cameBack ? 1 : 0));
    }

    [DockerFact]
    public async Task Start_TerminalLine_FailsInTheSameSecondAlthoughItRuns()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("echo checking; usleep 500000; echo 'Emulator Health Check failed'; sleep 600 & wait", Http) with { TerminalLogLines = ["Health Check failed"], StartTimeout = TimeSpan.FromMinutes(5) };
        var watch = Stopwatch.StartNew();

        var error = await FailAsync(lab, definition);

        Assert.Equal(ErrorCode.ServiceUnhealthy, error.Code);
        Assert.EndsWith("runs but has given up; its log says 'Emulator Health Check failed'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["checking", "Emulator Health Check failed"], error.Evidence.Take(2));
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));
    }

    [DockerFact]
    public async Task Start_TerminalLineOfWhatIsUsable_DoesNotMatter()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("exec /bin/service listen 80 --ready-line open", Http) with { TerminalLogLines = ["tick 3"] };
        await lab.StartAsync(definition);

        // Joined: its log has no terminal line, and it answers at the first look.
        var service = await lab.StartAsync(definition);

        Assert.Equal(["open"], await lab.LogAsync(service));
    }

    [DockerFact]
    public async Task Start_ContainerThatExitsWhileALineIsAwaited_FailsAtOnce()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("echo opening; usleep 400000; exit 7", new LogProbeDefinition("never")) with { StartTimeout = TimeSpan.FromMinutes(5) };

        var error = await FailAsync(lab, definition);

        Assert.Equal((ErrorCode.ContainerExited, 7), (error.Code, error.ExitCode));
        Assert.Equal(["opening"], error.Evidence);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_SocketThatIsSilent_TimesOutAndSaysSo()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("nc -ll -p 80 -e sleep 600 & wait", Http with { Timeout = TimeSpan.FromMilliseconds(500) }) with { StartTimeout = TimeSpan.FromSeconds(3) };

        var error = await FailAsync(lab, definition);

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        Assert.EndsWith("no answer within 0.5 s).", error.Message, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task StartOnHost_ProcessAndLog_WaitsForBoth()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("echo starting; sleep 0.3; echo up; sleep 600 & wait", new LogProbeDefinition("^up$"), new ProcessProbeDefinition(TimeSpan.FromMilliseconds(500)));
        var watch = Stopwatch.StartNew();

        await lab.StartOnHostAsync(definition);

        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(500), $"{watch.Elapsed}");
        await AssertHealthyAsync(lab, definition, ("log", "up"), ("process", "the process runs"));
    }

    [DockerFact]
    public async Task StartOnHost_TerminalLine_FailsAlthoughItRuns()
    {
        await using var lab = await ProbeLab.OpenAsync();
        var definition = ProbeLab.Script("echo 'Emulator Health Check failed'; sleep 600 & wait", Http) with { TerminalLogLines = ["Health Check failed"] };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.StartOnHostAsync(definition));

        Assert.Equal((ErrorCode.ServiceUnhealthy, "Emulator Health Check failed"), (error.Code, Assert.Single(error.Evidence)));
    }

    [DockerFact]
    public async Task StartOnHost_Exec_IsRefusedClearlyAndNothingIsLeft()
    {
        await using var lab = await ProbeLab.OpenAsync();

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.StartOnHostAsync(ProbeLab.Script("sleep 600 & wait", new ExecProbeDefinition(["true"]))));

        Assert.Equal(
            (ErrorCode.HostModeUnsupported, $"{lab.ContainerName} runs as a host process, which its exec probe cannot look at: a command needs a container."),
            (error.Code, error.Message));
        Assert.Empty(await lab.LeftoversAsync());
    }

    private static async Task<LocalZureException> FailAsync(ProbeLab lab, Engine.Catalog.ServiceDefinition definition)
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.StartAsync(definition));
        Assert.Empty(await lab.LeftoversAsync());
        return error;
    }

    private static async Task AssertHealthyAsync(ProbeLab lab, Engine.Catalog.ServiceDefinition definition, params (string Type, string Message)[] details)
    {
        var health = await lab.CheckAsync(definition);

        Assert.Equal(details.Select(detail => (detail.Type, ServiceHealthStatus.Healthy, detail.Message)), health.Details.Select(detail => (detail.Type, detail.Status, detail.Message)));
        Assert.Equal(ServiceHealthStatus.Healthy, health.Status);
    }
}
