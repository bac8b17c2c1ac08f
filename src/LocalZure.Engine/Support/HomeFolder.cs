using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Says what is wrong with the LocalZure home when something in it cannot be written, read or removed.</summary>
internal static partial class HomeFolder
{
    /// <summary>Whether a failure is the operating system's refusal of a write.</summary>
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The failure as users see it, with the owner of what is in the way where that is somebody else, as after a <c>sudo</c>.</summary>
    /// <param name="path">The file that could not be written.</param>
    /// <param name="refusal">The refusal.</param>
    public static LocalZureException Refused(string path, Exception refusal)
    {
        if (refusal is IOException io && DiskSpace.IsExhausted(io))
        {
            return new LocalZureException(ErrorCode.DiskFull, $"'{path}' cannot be written: no space is left.", innerException: refusal);
        }

        var message = $"'{path}' in the LocalZure home cannot be written: {refusal.Message}";
        return refusal is UnauthorizedAccessException && ForeignPart(path) is var (part, owner)
            ? new LocalZureException(
                ErrorCode.HomeNotWritable,
                $"{message} '{part}' belongs to the user '{owner}'.",
                $"Give it back to this user with 'sudo chown -R {UnixUser.NameOf(UnixUser.Current)} {part}' (a command was probably run with sudo), or set LOCALZURE_HOME to another folder.",
                refusal)
            : new LocalZureException(ErrorCode.HomeNotWritable, message, innerException: refusal);
    }

    /// <summary>
    /// A refusal that nobody has told in words of ours, if it is of something in the home; else what was given. That something is not
    /// there is no refusal.
    /// </summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="failure">What was thrown.</param>
    public static Exception Explain(string home, Exception failure) =>
        IsRefusal(failure) && failure is not (FileNotFoundException or DirectoryNotFoundException) && PathIn(home, failure.Message) is { } path ? Refused(path, failure) : failure;

    // Access to the path '/home/me/.local/share/localzure/logs/localzure-blob' is denied.
    private static string? PathIn(string home, string message)
    {
        var root = Path.TrimEndingDirectorySeparator(home);
        return Quoted().Matches(message).Select(match => match.Groups[1].Value)
            .FirstOrDefault(path => path == root || path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    // The path itself or, where it is not there, the folder that would hold it; then what holds that, as a folder may forbid too.
    private static (string Part, string Owner)? ForeignPart(string path)
    {
        for (var part = path; !OperatingSystem.IsWindows() && part is not null; part = Path.GetDirectoryName(part))
        {
            if (FileFacts.Of(part, followsLink: false) is { } facts)
            {
                var holder = Path.GetDirectoryName(part);
                return facts.Owner != UnixUser.Current ? (part, UnixUser.NameOf(facts.Owner))
                    : holder is not null && FileFacts.Of(holder) is { } around && around.Owner != UnixUser.Current ? (holder, UnixUser.NameOf(around.Owner))
                    : null;
            }
        }

        return null;
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
