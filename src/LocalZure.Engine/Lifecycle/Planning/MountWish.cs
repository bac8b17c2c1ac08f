namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Reads a mount of a request. Pure but for the look whether a folder exists.</summary>
internal static class MountWish
{
    /// <summary>A source with a path separator, or of one or two dots, is a folder of this machine; a word is a volume of ours.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid when the folder does not exist, or the target is no absolute path.</exception>
    public static DesiredMount Parse(string source, string target)
    {
        if (!target.StartsWith('/') || target == "/")
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{target}' is not a path inside the container for the mount of '{source}'.", "Write the path inside the container with a leading slash, for example /data.");
        }

        if (target.Contains(':', StringComparison.Ordinal) || target.Split('/').Any(part => part is "." or "..") || target.Any(char.IsControl))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{target}' is not a plain path inside the container for the mount of '{source}'.", "Write the path alone, without options such as ':ro' and without '..', for example /data.");
        }

        if (source.AsSpan().IndexOfAny('/', '\\') < 0 && source is not ("." or ".."))
        {
            NameRule.Check("volume", source);
            return new DesiredMount(source, null, target);
        }

        var path = Path.GetFullPath(source);
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The path '{path}' to mount at {target} does not exist.", "Create it first: Docker would make an empty folder that belongs to root.");
        }

        return new DesiredMount("", path, target);
    }
}
