namespace LocalZure.Engine.Health;

/// <summary>HTTP status codes from one to another, both included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
internal readonly record struct StatusRange(int From, int To)
{
    /// <summary>A single status code.</summary>
    public static StatusRange Exactly(int status) => new(status, status);

    /// <summary>Whether a status code lies within.</summary>
    public bool Contains(int status) => status >= From && status <= To;

    /// <summary><c>200</c> or <c>200-299</c>.</summary>
    public override string ToString() => From == To ? $"{From}" : $"{From}-{To}";
}
