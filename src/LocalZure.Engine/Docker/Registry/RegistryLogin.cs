namespace LocalZure.Engine.Docker.Registry;

/// <summary>What is known of a user's account at a registry.</summary>
/// <param name="Header">The value of <c>X-Registry-Auth</c>; null for an anonymous pull. A secret.</param>
/// <param name="Problem">Why stored credentials could not be read; null when nothing went wrong.</param>
internal sealed record RegistryLogin(string? Header, string? Problem)
{
    /// <summary>An anonymous pull.</summary>
    public static readonly RegistryLogin Anonymous = new(null, null);

    /// <summary>Tells whether there are credentials, never which.</summary>
    public override string ToString() => Header is null ? "anonymous" : "with credentials";
}
