using LocalZure.Engine.Containers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

/// <summary>Pulls by the daemon of this machine, from a registry of its own and from none.</summary>
[Trait("Needs", "engine")]
public sealed class RealDaemonPullTests : IClassFixture<DockerDaemonFixture>
{
    private readonly DockerDaemonFixture _daemon;

    public RealDaemonPullTests(DockerDaemonFixture daemon)
    {
        _daemon = daemon;
    }

    private static CancellationToken None => CancellationToken.None;

    [RegistryFact]
    public async Task Pull_FromARegistry_ReportsProgressAndBringsTheImage()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var image = await registry.PushUniqueAsync("team/app:1.2", 8_000_000);
        var steps = new List<PullProgress>();
        Assert.False(await _daemon.Runtime.ImageExistsAsync(image, None));

        await _daemon.Runtime.PullImageAsync(image, new ListProgress(steps), None);

        Assert.True(await _daemon.Runtime.ImageExistsAsync(image, None));
        Assert.All(steps, step => Assert.Equal(image, step.Image));
        if (_daemon.IsPodman)
        {
            // Podman counts bytes once a second, which this pull does not last, and ends without a word on the whole.
            Assert.Contains(steps, step => step is { Layer: not null, Status: "Download complete" });
        }
        else
        {
            Assert.Contains(steps, step => step is { Layer: not null, Status: "Downloading", Current: > 0, Total: > 7_000_000 });
            Assert.Contains(steps, step => step.Layer is null && step.Status.StartsWith("Status: ", StringComparison.Ordinal));
        }

        await DockerCommand.RunAsync("rmi", image);
    }

    [RegistryFact]
    public async Task Pull_TagNotInTheRegistry_IsImageNotFound()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushAsync("team/app:1.2");

        await AssertPullFailsAsync($"{registry.Host}/team/app:none", ErrorCode.ImageNotFound);
        await AssertPullFailsAsync($"{registry.Host}/team/none:1", ErrorCode.ImageNotFound);
    }

    [RegistryFact]
    public async Task Pull_RegistryWantsALogin_IsUnauthorized()
    {
        // bcrypt of "secret"
        await using var registry = await LocalRegistry.StartAsync("user:$2b$05$WjdQpkOyXtqJSnPuHFHuaOeKvYh5bUzRhYfGRKeFJV0TMDgRmdBda\n");

        await AssertPullFailsAsync($"{registry.Host}/team/app:1", ErrorCode.RegistryUnauthorized);
    }

    [DockerFact]
    public async Task Pull_NoRegistryThere_SaysThatItCannotBeReached()
    {
        var failure = await AssertPullFailsAsync("localhost:5999/none:1", ErrorCode.ImagePullFailed);

        Assert.Contains("registry localhost:5999 cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task Pull_RegistryOfNoHost_SaysThatItCannotBeReached()
    {
        var failure = await AssertPullFailsAsync("doesnotexist.invalid/x:1", ErrorCode.ImagePullFailed);

        Assert.Contains("registry doesnotexist.invalid cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    private async Task<LocalZureException> AssertPullFailsAsync(string image, ErrorCode code)
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => _daemon.Runtime.PullImageAsync(image, null, None));
        Assert.True(failure.Code == code, $"{failure.Code}: {failure.Message} {string.Join(' ', failure.Evidence)}");
        return failure;
    }

    private sealed class ListProgress(List<PullProgress> steps) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => steps.Add(value);
    }
}
