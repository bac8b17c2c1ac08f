namespace LocalZure;

/// <summary>A connection setting as an environment variable.</summary>
/// <param name="Name">The variable's name, for example <c>AZURE_STORAGE_CONNECTION_STRING</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Service">The service it belongs to.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
public sealed record EnvironmentVariable(string Name, string Value, string Service, string? Instance)
{
    /// <summary>As a line of a <c>.env</c> file, for example <c>AZURE_STORAGE_CONNECTION_STRING=...</c>.</summary>
    public override string ToString() => $"{Name}={Value}";
}
