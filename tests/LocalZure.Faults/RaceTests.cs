using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LocalZure.Engine.Requests;
using LocalZure.Faults.Support;
using LocalZure.Integration.Tests.Support;
using Xunit.Abstractions;

namespace LocalZure.Faults;

/// <summary>Many that want the same, or the same ports, at once; and somebody who removes what they made.</summary>
public sealed class RaceTests
{
    private const int Many = 16;

    /// <summary>One that starts in no time: what is tried is the race for it.</summary>
    private const string Service = "redis";

    private readonly Report _report;

    public RaceTests(ITestOutputHelper output) => _report = new Report(output);

    [DockerFact]
    public async Task Start_SixteenProcessesAtOnce_MakeOneContainer()
    {
        var rounds = Form.Rounds(inShort: 1, inLong: 50);
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var bystanders = await Bystanders.AddAsync(lab);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            var clients = Enumerable.Range(0, Many).Select(_ => ClientProcess.Start(lab, Service)).ToList();
            var outputs = await Task.WhenAll(clients.Select(client => client.ReadToEndAsync(limit.Token)));
            clients.ForEach(client => client.Dispose());

            var running = Assert.Single(await lab.GetAsync(includeStopped: true));
            Assert.All(outputs, output => Assert.Equal($"started {running.ContainerId}", output.Trim().Split('\n')[^1]));
            await StopAllAsync(lab);
            await bystanders.CheckAsync();
        }

        _report.Write(string.Create(CultureInfo.InvariantCulture, $"{Many} processes start one service: {rounds} rounds, 1 container each, 0 errors, {watch.Elapsed.TotalSeconds / rounds:0.0} s per round"));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Use_SixteenProcessesOfOneName_LeaveNothing()
    {
        var uses = Form.Rounds(inShort: 3, inLong: 200);
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var bystanders = await Bystanders.AddAsync(lab);
        var watch = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(Form.IsLong ? 60 : 8));
        var clients = Enumerable.Range(0, Many).Select(_ => ClientProcess.Start(lab, "blob", null, "use", uses.ToString(CultureInfo.InvariantCulture))).ToList();
        var outputs = await Task.WhenAll(clients.Select(client => client.ReadToEndAsync(limit.Token)));
        clients.ForEach(client => client.Dispose());

        Assert.All(outputs, output => Assert.Equal("released", output.Trim().Split('\n')[^1]));
        Assert.Equal(Many * uses, outputs.Sum(output => output.Split('\n').Count(line => line.StartsWith("used", StringComparison.Ordinal))));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(Directory.GetDirectories(Path.Combine(lab.Home, "environments")));
        await bystanders.CheckAsync();
        _report.Write(string.Create(CultureInfo.InvariantCulture, $"{Many} processes use one environment {uses} times each: 0 errors, nothing left, {watch.Elapsed.TotalSeconds:0} s"));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_SixteenEnginesAtOnce_GiveEqualObjects()
    {
        var rounds = Form.Rounds(inShort: 1, inLong: 50);
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var engines = Enumerable.Range(0, Many).Select(_ => lab.NewEngine()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            var services = await Task.WhenAll(engines.Select(engine => Task.Run(() => lab.StartAsync(lab.Request(Service), engine))));

            Assert.Single(services.Select(service => JsonSerializer.Serialize(service with { Timeline = null })).Distinct());
            Assert.Single(await lab.GetAsync(includeStopped: true));
            await StopAllAsync(lab);
        }

        _report.Write($"{Many} engines start one service: {rounds} rounds, 1 container and {Many} equal objects each, 0 errors");
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_SixteenInstancesAtOnce_HavePortsOfTheirOwn()
    {
        var rounds = Form.Rounds(inShort: 1, inLong: 10);
        for (var round = 0; round < rounds; round++)
        {
            // Each has a home of its own: nothing but the daemon knows of all.
            var labs = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Lab.OpenAsync(ServiceMode.Docker)));
            try
            {
                var services = await Task.WhenAll(labs.Select(lab => Task.Run(() => lab.StartAsync(lab.Request(Service) with { NoWait = true }))));

                Assert.Equal(Many, services.Select(service => service.Ports.Single().HostPort).Distinct().Count());
                await Task.WhenAll(labs.Zip(services, KillAsync));
            }
            finally
            {
                await Task.WhenAll(labs.Select(lab => lab.DisposeAsync().AsTask()));
            }
        }

        _report.Write($"{Many} instances at once on free ports: {rounds} rounds, 0 port errors");
    }

    [DockerFact]
    public async Task Start_ContainerRemovedBehindItsBack_StartsAnewOrSaysSo()
    {
        var rounds = Form.Rounds(inShort: 2, inLong: 40);
        var (anew, failed) = (0, 0);
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        for (var round = 0; round < rounds; round++)
        {
            var step = new[] { "Starting", "Waiting" }[round % 2];
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var events = new RecordedEvents(onStep: begun =>
            {
                if (begun == step)
                {
                    seen.TrySetResult();
                }
            });
            var start = lab.Engine.StartAsync(lab.Request("blob"), events, CancellationToken.None);
            await Task.WhenAny(seen.Task, start);
            await new RandomMoment(round).WithinAsync(TimeSpan.FromMilliseconds(300));
            await Command.RunAsync("sh", ["-c", $"docker rm --force {lab.NameOf("blob")} 2>/dev/null || true"]);
            var outcome = Assert.Single(await start.WaitAsync(TimeSpan.FromMinutes(1)));

            if (outcome.Error is { } error)
            {
                failed++;
                Assert.Contains(error.Code, new[] { ErrorCode.DockerApiError, ErrorCode.ContainerExited });
            }
            else
            {
                anew++;
            }

            await StopAllAsync(lab);
        }

        _report.Write($"removed behind its back: {rounds} rounds, {anew} started (anew where it had to), {failed} ended in an error that says so; 0 leftovers");
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Follow_ContainerRemovedBehindItsBack_Ends()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var follow = Task.Run(async () =>
        {
            await foreach (var _ in lab.Engine.ReadLogAsync(new LogRequest { Services = new ServiceQuery { Instance = lab.Instance }, Follow = true }, new RecordedEvents(), CancellationToken.None))
            {
                first.TrySetResult();
            }
        });
        await first.Task.WaitAsync(Eventually.Deadline);

        await Command.DockerAsync("rm", "--force", service.ContainerName);

        await follow.WaitAsync(Eventually.Deadline);
        await StopAllAsync(lab);
    }

    // They have hardly begun: nothing is to be lost, and sixteen of them are slow to hear a signal.
    private static async Task KillAsync(Lab lab, Service service)
    {
        var stopped = await lab.Engine.StopAsync(new StopRequest { Services = [service], Timeout = TimeSpan.Zero }, new RecordedEvents(), CancellationToken.None);
        Assert.Null(Assert.Single(stopped).Error);
        Assert.Empty(await lab.LeftoversAsync());
    }

    private static async Task StopAllAsync(Lab lab) => await Eventually.IsEmptyAsync(async () =>
    {
        foreach (var service in await lab.GetAsync(includeStopped: true))
        {
            await lab.StopAsync(service);
        }

        await lab.RemoveOrphansAsync();
        return await lab.LeftoversAsync();
    });
}
