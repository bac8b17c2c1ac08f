using LocalZure.Engine.Events;

namespace LocalZure.Engine.Doctor;

/// <summary>Takes no notice of events: what is worth saying is in the result of a check.</summary>
internal sealed class NoListener : IProgress<LifecycleEvent>
{
    /// <summary>The only one.</summary>
    public static readonly NoListener Instance = new();

    /// <inheritdoc/>
    public void Report(LifecycleEvent value)
    {
        // Nothing is said twice.
    }
}
