namespace LocalZure.Engine.Docker;

/// <summary>Keeps the last thing that was reported, at once and on the reporter's own thread.</summary>
internal sealed class LastReport<T> : IProgress<T>
    where T : class
{
    /// <summary>The last thing; null when there was none.</summary>
    public T? Value { get; private set; }

    /// <inheritdoc/>
    public void Report(T value) => Value = value;
}
