namespace LocalZure.Engine.Tests.Support;

/// <summary>A request that the fake daemon got.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query as they were sent.</param>
/// <param name="Headers">Header lines by lower-case name.</param>
/// <param name="Body">The body.</param>
internal sealed record FakeDockerRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public override string ToString() => $"{Method} {Target}";
}
