using System.Collections.Concurrent;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// The starts in flight, one file each under the LocalZure home: a container whose operation has no file, or one whose
/// owner is dead, was left by a start that died.
/// </summary>
internal sealed class OperationRegistry
{
    // A process may use several homes at one engine: a start of one looks at what those of the others make.
    private static readonly ConcurrentDictionary<string, bool> OfThisProcess = new(StringComparer.Ordinal);

    private readonly string _folder;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    public OperationRegistry(string home) => _folder = Path.Combine(home, "operations");

    /// <summary>The ids of the starts in flight of this process, in whichever home.</summary>
    public static IReadOnlyCollection<string> InThisProcess => [.. OfThisProcess.Keys];

    /// <summary>Notes that a start begins. To be called before anything is created for it.</summary>
    public Task BeginAsync(OperationEntry operation, CancellationToken cancellationToken) =>
        JsonFile.WriteAsync(FileOf(operation.Id), operation, HostProcessJsonContext.Default.OperationEntry, cancellationToken);

    /// <summary>Notes the same for the other homes of this process, which do not read this one's files.</summary>
    /// <param name="id">The start's id, unique in all homes.</param>
    /// <param name="isInFlight">Whether it is; false when it is given up.</param>
    public static void Tell(string id, bool isInFlight)
    {
        if (isInFlight)
        {
            OfThisProcess[id] = true;
        }
        else
        {
            OfThisProcess.TryRemove(id, out _);
        }
    }

    /// <summary>Notes that a start is over, whether it worked or not. Nothing happens when it was not noted.</summary>
    public void Complete(string id)
    {
        JsonFolder.Delete(FileOf(id));
        Tell(id, isInFlight: false);
    }

    /// <summary>One start; null when it is over or never was.</summary>
    /// <exception cref="LocalZureException">StateCorrupt when its file holds something else.</exception>
    public Task<OperationEntry?> ReadAsync(string id, CancellationToken cancellationToken) =>
        JsonFile.ReadAsync(FileOf(id), HostProcessJsonContext.Default.OperationEntry, entry => entry.IsWhole(id), cancellationToken);

    /// <summary>Every start that is noted, those of dead processes included.</summary>
    public Task<JsonFolderContent<OperationEntry>> ReadAllAsync(CancellationToken cancellationToken) =>
        JsonFolder.ReadAllAsync(_folder, static () => HostProcessJsonContext.Default.OperationEntry, (id, entry) => entry.IsWhole(id), cancellationToken);

    private string FileOf(string id) => Path.Combine(_folder, SafeName.Of(id) + ".json");
}
