using System.Diagnostics;
using System.Globalization;
using LocalZure.Faults.Support;
using LocalZure.Integration.Tests.Support;
using Xunit.Abstractions;

namespace LocalZure.Faults;

/// <summary>Shells that end at random moments: by kill -9, or because somebody presses Ctrl+C.</summary>
public sealed class ClientDeathTests
{
    /// <summary>One that starts in no time: what is tried is the death of its shell.</summary>
    private const string Service = "redis";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMilliseconds(1500);

    private readonly Report _report;

    public ClientDeathTests(ITestOutputHelper output) => _report = new Report(output);

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Kill_AtARandomMoment_LeavesNothingThatTheNextCallDoesNotMend()
    {
        var rounds = Form.Rounds(inShort: 4, inLong: 200);
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var bystanders = await Bystanders.AddAsync(lab);
        var killed = new Dictionary<string, int>();
        for (var round = 0; round < rounds; round++)
        {
            var (what, wasKilled) = await KillOneAsync(lab, round);
            killed[what] = killed.GetValueOrDefault(what) + (wasKilled ? 1 : 0);
            await MendAsync(lab, round);
            await bystanders.CheckAsync();
            if (round % 50 == 49)
            {
                _report.Write($"kill -9: {round + 1} of {rounds} rounds");
            }
        }

        _report.Write($"kill -9, seed {Form.Seed}: {rounds} rounds, killed before their end: {string.Join(", ", killed.Select(pair => $"{pair.Key} {pair.Value}"))}; 0 leftovers, 0 foreign objects touched");
    }

    [DockerFact]
    public async Task Cancel_AtARandomMoment_LeavesNothing()
    {
        var rounds = Form.Rounds(inShort: 4, inLong: 50);
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var bystanders = await Bystanders.AddAsync(lab);
        var (cancelled, longest) = (0, TimeSpan.Zero);
        for (var round = 0; round < rounds; round++)
        {
            using var cancel = new CancellationTokenSource();
            var start = lab.Engine.StartAsync(lab.Request(Service), new RecordedEvents(), cancel.Token);
            await Task.WhenAny(start, new RandomMoment(round).WithinAsync(LongestStart));
            var watch = Stopwatch.StartNew();
            await cancel.CancelAsync();
            if (await HasEndedEarlyAsync(start))
            {
                cancelled++;
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            }
            else
            {
                await lab.StopAsync(Assert.Single(await lab.GetAsync()));
            }

            Assert.Empty(await lab.LeftoversAsync());
            Assert.Empty(await lab.FindOrphansAsync());
            await bystanders.CheckAsync();
        }

        _report.Write(string.Create(CultureInfo.InvariantCulture, $"cancel, seed {Form.Seed}: {rounds} rounds, {cancelled} cancelled before their end, over at most {longest.TotalMilliseconds:0} ms later; 0 leftovers, 0 foreign objects touched"));
    }

    private static async Task<bool> HasEndedEarlyAsync(Task start)
    {
        try
        {
            await start.WaitAsync(Eventually.Deadline);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    // A start, a replacement of what runs by other settings, or a stop.
    private static async Task<(string What, bool WasKilled)> KillOneAsync(Lab lab, int round)
    {
        var moment = new RandomMoment(round);
        var what = new[] { "start", "replace", "stop" }[moment.Choose(3)];
        if (what != "start")
        {
            await lab.StartAsync(Service);
        }

        string[] words = what switch
        {
            "stop" => ["stop"],
            "replace" => [$"LAB={round}"],
            _ => [],
        };
        using var client = ClientProcess.Start(lab, Service, null, words);
        await client.ReadToAsync("ready");
        await moment.WithinAsync(LongestStart);
        return (what, await client.KillAsync());
    }

    // One round the next start is what mends, one round the sweep alone.
    private static async Task MendAsync(Lab lab, int round)
    {
        if (round % 2 == 0)
        {
            // With the settings of the killed replacement or without, whatever there is.
            await lab.StartAsync(Service);
            Assert.Equal([Service], (await lab.GetAsync(includeStopped: true)).Select(service => service.Name));
            Assert.Single(await lab.LeftoversAsync(), left => left.StartsWith("container ", StringComparison.Ordinal));
        }

        // The daemon may still be busy with what the dead shell has asked for.
        await Eventually.IsEmptyAsync(async () =>
        {
            await lab.RemoveOrphansAsync();
            foreach (var service in await lab.GetAsync(includeStopped: true))
            {
                await lab.StopAsync(service);
            }

            return await lab.LeftoversAsync();
        });
    }
}
