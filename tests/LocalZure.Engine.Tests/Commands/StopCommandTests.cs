using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Lifecycle.Sessions;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

/// <summary>Containers that look like ours and have their labels from their image.</summary>
public sealed class StopCommandTests : IDisposable
{
    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_LabelsOfItsImage_IsLeftAloneAndSaidToBeThere(bool keep)
    {
        var foreign = AddForeign(TestServices.Desired());
        var services = await _engine.Reader.ReadAsync(new ServiceQuery { Names = ["demo"], IncludeStopped = true }, _engine.Events, default);

        var outcome = Assert.Single(await new StopCommand(_engine.Runtimes, _engine.Services, _engine.Host)
            .RunAsync(new StopRequest { Services = services, Keep = keep }, _engine.Events, default));

        Assert.Equal((foreign.Id, ServiceState.Running), (outcome.Service!.ContainerId, outcome.Service.State));
        Assert.True(foreign.IsRunning);
        Assert.Equal(["The container 'localzure-demo' is left alone: it was renamed, or has its labels from its image."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task RemoveContainersAsync_LabelsOfItsImage_IsSkippedAndNotWaitedFor()
    {
        var foreign = AddForeign(TestServices.Desired() with { Lifetime = ServiceLifetime.Session });
        var mine = _engine.AddOurs(TestServices.Desired("mine") with { Lifetime = ServiceLifetime.Session });
        var end = new SessionEnd(TestServices.LiveOwner, _engine.Runtimes, _engine.Services, _engine.Host, _engine.Events);

        Assert.False(await end.RemoveContainersAsync(default));
        Assert.True(await end.RemoveContainersAsync(default));

        Assert.Equal([foreign], _engine.Runtime.Containers);
        Assert.Equal(ContainerState.Dead, mine.State);
    }

    private FakeContainer AddForeign(DesiredService desired)
    {
        var ours = _engine.AddOurs(desired);
        _engine.Runtime.ImageContents["snap"] = new ImageSummary("sha256:snap", ours.Spec.Labels, "");
        _engine.Runtime.ImageContents["sha256:snap"] = _engine.Runtime.ImageContents["snap"];
        _engine.Runtime.Take(ours);
        return _engine.Runtime.Add(ours.Spec with { Image = "snap" });
    }
}
