using System.Diagnostics;
using System.Globalization;

namespace LocalZure.Benchmarks.Measurements;

/// <summary>The time from the end of a container that exits while it is starting to the error.</summary>
internal static class ExitWhileStarting
{
    private const int Rounds = 7;
    private const double LargestMs = 300;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using var scene = new Scene();
        await File.WriteAllTextAsync(scene.Script, "#!/bin/sh\nexec service exit 3 --after 300 --print-error 'cannot open the database'\n");
        List<double> delays = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var outcome = (await scene.Engine.StartAsync(scene.Small() with { KeepOnFailure = true }, scene, CancellationToken.None))[0];
            var told = DateTimeOffset.UtcNow;
            if (outcome.Error is not { Code: ErrorCode.ContainerExited, ExitCode: 3, Evidence.Count: 1 })
            {
                throw new UnreachableException($"The start gave {outcome.Error?.Code}: {outcome.Error?.Message}");
            }

            var ended = await DockerCommand.RunAsync("inspect", "--format", "{{.State.FinishedAt}}", $"localzure-blob-{scene.Instance}");
            delays.Add((told - DateTimeOffset.Parse(ended, CultureInfo.InvariantCulture)).TotalMilliseconds);
            await scene.ClearAsync();
        }

        var median = Median.Of(delays[1..]);
        yield return new Row("error after a container's exit at 300 ms", "ms", median, "limit", LargestMs, median / LargestMs, "<= 300 ms", median <= LargestMs);
    }
}
