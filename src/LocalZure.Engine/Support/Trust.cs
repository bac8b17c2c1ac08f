namespace LocalZure.Engine.Support;

/// <summary>
/// Whose files may decide what is run: those of the user, of root, who may run anything anyway, and under <c>sudo</c> of the user who
/// called it. Others have to be trusted by name, as with <c>safe.directory</c> of Git. On Windows nothing is refused: there
/// folders of other users are not writable to a user, and files below a shared one carry no owner that could be judged so simply.
/// </summary>
internal static class Trust
{
    /// <summary>The variable with the folders that are trusted, separated as in PATH; <c>*</c> trusts all.</summary>
    public const string Variable = "LOCALZURE_TRUST";

    private const UnixFileMode WritableByAll = UnixFileMode.OtherWrite;

    /// <summary>Refuses a configuration that was found, not named, and that another user has written or can replace.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="environment">Holds <see cref="Variable"/>, and what <c>sudo</c> sets.</param>
    /// <exception cref="LocalZureException">NotTrusted.</exception>
    public static void CheckFile(string file, EnvironmentSnapshot environment)
    {
        // A link too may lead to anything; what a path in the file is relative to is the folder.
        var folder = Path.GetDirectoryName(file)!;
        FileFacts?[] facts = OperatingSystem.IsWindows() ? [] : [FileFacts.Of(file, followsLink: false), FileFacts.Of(file), FileFacts.Of(folder)];
        if (ForeignOwner(facts, environment) is { } owner && !IsNamed(folder, environment))
        {
            throw new LocalZureException(
                ErrorCode.NotTrusted,
                $"'{file}' belongs to the user '{UnixUser.NameOf(owner)}', or its folder does. It decides which programs are run, and is not read as long as it is not trusted.",
                $"If you know what is in it, set {Variable} to '{folder}' (more folders are separated by '{Path.PathSeparator}'; '*' trusts all), or name the file with -ConfigPath.");
        }
    }

    /// <summary>Refuses a home from which programs of another user would be run.</summary>
    /// <param name="home">The LocalZure home; one that is not there yet is fine.</param>
    /// <param name="environment">As for <see cref="CheckFile"/>.</param>
    /// <exception cref="LocalZureException">NotTrusted.</exception>
    public static void CheckHome(string home, EnvironmentSnapshot environment)
    {
        if (OperatingSystem.IsWindows() || FileFacts.Of(home) is not { } facts || IsNamed(home, environment))
        {
            return;
        }

        if (ForeignOwner([facts], environment) is { } owner)
        {
            throw new LocalZureException(
                ErrorCode.NotTrusted,
                $"The LocalZure home '{home}' belongs to the user '{UnixUser.NameOf(owner)}', and programs are run from it.",
                $"Set LOCALZURE_HOME to a folder of your own, or {Variable} to '{home}' if you trust that user.");
        }

        if ((File.GetUnixFileMode(home) & WritableByAll) != 0)
        {
            throw new LocalZureException(
                ErrorCode.NotTrusted,
                $"Everybody may write to the LocalZure home '{home}', and programs are run from it.",
                $"Take that right away with 'chmod o-w {home}', or set {Variable} to '{home}' if you trust all users of this machine.");
        }
    }

    private static uint? ForeignOwner(IEnumerable<FileFacts?> facts, EnvironmentSnapshot environment)
    {
        var user = OperatingSystem.IsWindows() ? UnixUser.Root : UnixUser.Current;
        var caller = user == UnixUser.Root && uint.TryParse(environment["SUDO_UID"], out var id) ? id : user;
        return facts.OfType<FileFacts>().Where(file => file.Owner != user && file.Owner != caller && file.Owner != UnixUser.Root).Select(file => (uint?)file.Owner).FirstOrDefault();
    }

    private static bool IsNamed(string folder, EnvironmentSnapshot environment) =>
        (environment[Variable]?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            .Any(named => named == "*" || (Path.IsPathFullyQualified(named) && Path.TrimEndingDirectorySeparator(Path.GetFullPath(named)) == Path.TrimEndingDirectorySeparator(folder)));
}
