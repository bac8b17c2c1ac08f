namespace LocalZure.Engine.Configuration;

/// <summary>Paths of keys as users see them, for example <c>services.blob.ports.http</c>, <c>services['a.b'].depends_on[0]</c>.</summary>
internal static class KeyPath
{
    /// <summary>The path of a key of a mapping.</summary>
    /// <param name="path">The mapping's path; empty for that of the file.</param>
    /// <param name="key">The key.</param>
    public static string Child(string path, string key) =>
        !IsPlain(key) ? $"{path}['{key}']" : path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The path of an item of a list.</summary>
    public static string Item(string path, int index) => $"{path}[{index}]";

    /// <summary>The path of a key of a service.</summary>
    public static string Service(string name, string key) => Child(Child("services", name), key);

    // A dot within a name must not look like one between two.
    private static bool IsPlain(string key) => key.Length > 0 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
