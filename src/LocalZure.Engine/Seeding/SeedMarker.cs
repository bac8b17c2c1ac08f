namespace LocalZure.Engine.Seeding;

/// <summary>What is remembered of hooks that have run.</summary>
/// <param name="Subject">The identity of the data that they have run on.</param>
/// <param name="Hash">The hash of what was made.</param>
internal sealed record SeedMarker(string Subject, string Hash)
{
    /// <summary>Instead of a hash: hooks that are not to be repeated have begun and not ended.</summary>
    public const string Begun = "begun";

    /// <summary>The name of the volume that remembers it, as a part of its service: no volume of a user's can be named so.</summary>
    public const string VolumeName = ".seeded";

    /// <summary>The beginning of the subject of data that ends with its container, or with that one's run.</summary>
    public const string ContainerPrefix = "container ";
}
