namespace LocalZure.Engine.Tests.Support;

/// <summary>A call to <see cref="FakeContainerRuntime"/>.</summary>
/// <param name="Number">Which call it is, beginning with 1.</param>
/// <param name="Name">The method without <c>Async</c>.</param>
/// <param name="Subject">The name of what it is about; empty for lists.</param>
/// <param name="Token">The token of the call.</param>
internal sealed record FakeCall(int Number, string Name, string Subject, CancellationToken Token)
{
    public override string ToString() => Subject.Length == 0 ? Name : $"{Name} {Subject}";
}
