namespace LocalZure.Engine.Secrets;

/// <summary>How the secrets of something that exists can be told again.</summary>
/// <param name="KeyId">The id of the key that they were made with; null when that is not known.</param>
/// <param name="Own">The names of those that the user has chosen instead, separated by commas; empty for none.</param>
internal sealed record SecretOrigin(string? KeyId, string Own)
{
    /// <summary>Whether a secret follows from a key.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="key">The key; null when there is none.</param>
    public bool FollowsFrom(string name, SecretKey? key) => key is not null && key.Id == KeyId && !Own.Split(',').Contains(name, StringComparer.Ordinal);
}
