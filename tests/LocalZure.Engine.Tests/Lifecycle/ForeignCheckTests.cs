using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class ForeignCheckTests
{
    private static readonly DesiredService Demo = TestServices.Desired(instance: "x");

    private readonly RecordedEvents _events = new();

    [Fact]
    public void Run_RenamedAndAtWorkOnTheData_IsAConflictThatNamesIt()
    {
        var error = Assert.Throws<LocalZureException>(() => Run(ContainerState.Running, new ContainerMount(MountKind.Volume, "localzure-demo-x-data", "", "/data")));

        Assert.Equal((ErrorCode.NameConflict, "demo", "x"), (error.Code, error.Service, error.Instance));
        Assert.Contains("'mine'", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker rename mine localzure-demo-x", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RenamedAndStopped_IsAWarning()
    {
        Run(ContainerState.Exited, new ContainerMount(MountKind.Volume, "localzure-demo-x-data", "", "/data"));

        Assert.Contains("'mine'", Assert.Single(_events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherData_IsAWarning()
    {
        Run(ContainerState.Running, new ContainerMount(MountKind.Volume, "theirs", "", "/data"));

        Assert.Single(_events.Warnings);
    }

    [Fact]
    public void Run_LabelsOfABuiltImage_IsNoted()
    {
        Run(ContainerState.Running, [], withOperation: false);

        Assert.Empty(_events.Warnings);
    }

    private void Run(ContainerState state, params ContainerMount[] mounts) => Run(state, mounts, withOperation: true);

    private void Run(ContainerState state, IReadOnlyList<ContainerMount> mounts, bool withOperation)
    {
        var labels = ContainerLabels.ForContainer(Demo, new StartOperation("op", "owner", default));
        if (!withOperation)
        {
            labels.Remove(Labels.Operation);
        }

        var container = new ContainerSummary { Id = "1", Name = "mine", Image = "x", State = state, Labels = labels, Mounts = mounts };
        ForeignCheck.Run(Demo, ObservedStates.Nothing with { Foreign = [container] }, _events);
    }
}
