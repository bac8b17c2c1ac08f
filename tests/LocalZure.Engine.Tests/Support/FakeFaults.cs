using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Common things to go wrong in a <see cref="FakeContainerRuntime"/>.</summary>
internal static class FakeFaults
{
    /// <summary>Makes the first so many calls of a name fail.</summary>
    public static void Fail(this FakeContainerRuntime runtime, string name, RuntimeFailure failure, int times = int.MaxValue)
    {
        var left = times;
        var earlier = runtime.Before;
        runtime.Before = call => call.Name == name && Interlocked.Decrement(ref left) >= 0
            ? throw new ContainerRuntimeException(failure, $"{name} failed as the test wants ({failure})")
            : earlier(call);
    }

    /// <summary>Makes every call of a name wait until the returned source is set. A call that is cancelled stops waiting.</summary>
    public static TaskCompletionSource Block(this FakeContainerRuntime runtime, string name)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var earlier = runtime.Before;
        runtime.Before = call => call.Name == name ? gate.Task.WaitAsync(call.Token) : earlier(call);
        return gate;
    }
}
