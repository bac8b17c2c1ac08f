namespace LocalZure.Engine.Doctor.Bundle;

/// <summary>The files of a support bundle as they are gathered, and the secrets that must not be in any of them.</summary>
internal sealed class BundleContent
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>The files by their path in the archive.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>What is known to be a secret.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>Adds a file.</summary>
    public void Add(string path, string text) => _files[path] = text;

    /// <summary>Adds a file of lines.</summary>
    public void Add(string path, IEnumerable<string> lines) => Add(path, string.Concat(lines.Select(line => $"{line}\n")));

    /// <summary>Adds a file, or why there is none: one that cannot be read must not keep the others from who needs them.</summary>
    public async Task AddAsync(string path, Func<Task<string>> read)
    {
        try
        {
            Add(path, await read().ConfigureAwait(false));
        }
        catch (Exception e) when (e is LocalZureException or IOException or UnauthorizedAccessException)
        {
            Add($"{path}.error.txt", $"{e.Message}\n");
        }
    }

    /// <summary>Notes a secret.</summary>
    public void Hide(string secret) => _secrets.Add(secret);
}
