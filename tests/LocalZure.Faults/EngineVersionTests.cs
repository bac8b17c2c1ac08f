using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Faults.Simulation;

namespace LocalZure.Faults;

/// <summary>The same start and stop on engines of other API versions, which refuse what they do not speak, as Docker does.</summary>
public sealed class EngineVersionTests
{
    [Theory]
    [InlineData("1.24", "1.40")]
    [InlineData("1.24", "1.43")]
    [InlineData("1.44", "1.44")]
    [InlineData("1.44", "1.52")]
    [InlineData("1.47", "1.60")]
    public async Task StartAndStop_EngineThatRefusesOtherVersions_WorkAndTouchNothingForeign(string oldest, string newest)
    {
        await using var daemon = Case(oldest, newest);

        var started = await daemon.StartAsync(new DockerLimits());

        Assert.Empty(started.Errors.Select(error => $"{error.Code}: {error.Message}"));
        Assert.Equal(FaultCase.AllRunning, daemon.Left(withNotes: false));
        Assert.Empty((await daemon.StopAsync(new DockerLimits())).Errors.Select(error => $"{error.Code}: {error.Message}"));
        Assert.Empty(await daemon.SweepAsync());
        daemon.CheckForeign();
    }

    [Theory]
    [InlineData("1.48", "1.60", "The Docker engine speaks API 1.48 or newer, and LocalZure speaks 1.47 at most.")]
    [InlineData("1.12", "1.39", "The Docker engine speaks API 1.39 at most, and LocalZure needs 1.40 or newer.")]
    public async Task Start_EngineWithoutACommonVersion_SaysSoAndChangesNothing(string oldest, string newest, string message)
    {
        await using var daemon = Case(oldest, newest);

        var started = await daemon.StartAsync(new DockerLimits());

        Assert.All(started.Errors, error => Assert.Equal((ErrorCode.DockerApiError, message), (error.Code, error.Message)));
        Assert.NotEmpty(started.Errors);
        Assert.Empty(daemon.Left(withNotes: false));
        daemon.CheckForeign();
    }

    private static FaultCase Case(string oldest, string newest)
    {
        var one = new FaultCase();
        (one.Daemon.Engine.Oldest, one.Daemon.Engine.Newest) = (DockerApiVersion.Parse(oldest)!.Value, DockerApiVersion.Parse(newest)!.Value);
        return one;
    }
}
