using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>
/// Host processes of this home of which nobody here can say whether they run: those of another machine or container that shares the
/// home, and those that the operating system hides from this user. They may be at work on their data, so that nothing of them is touched.
/// </summary>
internal static class UnreachableProcess
{
    /// <summary>Whether nobody here can say whether the process of an entry runs.</summary>
    public static bool Is(HostProcessEntry entry, IHostProcessRunner runner) =>
        entry.IsElsewhere() || (!entry.IsOfAnEarlierBoot() && entry.Process is { } process && runner.Judge(process) == OwnerState.Unknown);

    /// <summary>Refuses to touch it.</summary>
    /// <exception cref="LocalZureException">NameConflict.</exception>
    public static void Refuse(HostProcessEntry entry, HostServices host)
    {
        if (!Is(entry, host.Runner))
        {
            return;
        }

        var key = new ServiceKey(entry.Service, entry.Instance);
        var home = host.Paths.Home;
        throw entry.IsElsewhere()
            ? new LocalZureException(
                ErrorCode.NameConflict,
                $"{key} was started at {entry.StartedAt:u} on another machine or in another container that shares the LocalZure home '{home}'. "
                + "Whether it still runs cannot be told from here, so that it and its data are left alone.",
                $"Stop it where it was started, or set LOCALZURE_HOME to another folder here. If that machine or container is gone for good, remove '{host.Registry.PathOf(entry.ContainerName)}'.")
            { Service = key.Name, Instance = key.Instance }
            : new LocalZureException(
                ErrorCode.NameConflict,
                $"{key} was started as process {entry.Process!.Pid}, and the process of that number is hidden from this user (/proc with hidepid). Whether it is the same cannot be told, so that it and its data are left alone.",
                "Stop it as the user who started it, or as root.")
            { Service = key.Name, Instance = key.Instance };
    }

    /// <summary>Refuses to touch the process of a log folder whose entry cannot be read.</summary>
    /// <exception cref="LocalZureException">NameConflict.</exception>
    public static void Refuse(string logDirectory, string name, HostServices host)
    {
        if (ProcessNote.Read(logDirectory) is not { IsOfAnEarlierBoot: false } note || !(note.IsElsewhere || host.Runner.Judge(note.Process) == OwnerState.Unknown))
        {
            return;
        }

        throw new LocalZureException(
            ErrorCode.NameConflict,
            $"The entry of {name} cannot be read, and whether its process {note.Process.Pid} still runs cannot be told from here: "
            + (note.IsElsewhere ? "it was made on another machine or in another container" : "processes of that user are hidden (/proc with hidepid)") + ". It and its data are left alone.",
            $"End the process where it was started. When it is gone for good, remove '{HostLogFiles.ProcessNote(logDirectory)}'.");
    }
}
