using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Finds the runtime that a test has made, or fails as it wants.</summary>
internal sealed class FakeConnector : IContainerRuntimeConnector
{
    public FakeConnector(IContainerRuntime? runtime) => Runtime = runtime;

    /// <summary>The runtime; null when none answers.</summary>
    public IContainerRuntime? Runtime { get; set; }

    public int Connections { get; private set; }

    /// <summary>What a connection waits for; null for nothing.</summary>
    public Task? Gate { get; set; }

    public async Task<IContainerRuntime> ConnectAsync(CancellationToken cancellationToken)
    {
        Connections++;
        await (Gate ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return (Runtime ?? throw new LocalZureException(ErrorCode.DockerUnavailable, "No Docker endpoint answered."));
    }
}
