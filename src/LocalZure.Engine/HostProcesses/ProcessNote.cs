using System.Globalization;
using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Which process was started with a log folder, written there the moment it is made. It leads to the process when its entry does not:
/// that cannot be read any more, or its start died before it was whole. The mark in the environment alone is not enough: a program that
/// sets the title of its process, as Redis and PostgreSQL do, overwrites what the operating system shows of its environment.
/// </summary>
/// <param name="Process">The process.</param>
/// <param name="Place">Where it was made.</param>
internal sealed record ProcessNote(ProcessIdentity Process, ProcessPlace Place)
{
    /// <summary>Whether a process here is never the one it means, whatever runs there.</summary>
    public bool IsElsewhere => Place.IsElsewhere(ProcessPlace.Here);

    /// <summary>Whether its process has ended with the boot that it was made in.</summary>
    public bool IsOfAnEarlierBoot => Place.IsEarlierBoot(ProcessPlace.Here);

    /// <summary>The note in a log folder; null when there is none, or something else in its place.</summary>
    public static ProcessNote? Read(string folder)
    {
        try
        {
            return File.ReadAllText(HostLogFiles.ProcessNote(folder)).Split(' ') is [var pid, { Length: > 0 } token, var place]
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && ProcessPlace.TryParse(place) is { } where
                ? new ProcessNote(new ProcessIdentity(number, token), where)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Puts the note of a process that was just made here into its log folder.</summary>
    public static void Write(string folder, ProcessIdentity process)
    {
        // 4711 1234567 0a1b2c/4026531836/5f0c…
        var text = string.Create(CultureInfo.InvariantCulture, $"{process.Pid} {process.StartToken} {ProcessPlace.Here}");
        WholeFile.Replace(HostLogFiles.ProcessNote(folder), file => file.Write(Encoding.UTF8.GetBytes(text)));
    }
}
