using LocalZure.Engine;
using LocalZure.PowerShell.Watching;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>
/// Shares one engine among the runspaces of this process for as long as the environment stays the same. A changed
/// <c>DOCKER_HOST</c> or <c>LOCALZURE_HOME</c> gives the next cmdlet a new one; the old one is disposed when nobody uses it.
/// </summary>
internal static class EngineProvider
{
    private static readonly object Lock = new();

    private static EngineSlot? _current;

    /// <summary>The engine for this process' environment. Dispose the lease when done.</summary>
    public static EngineLease Acquire()
    {
        var options = EngineOptions.FromEnvironment() with { Watcher = Watchers.Command };
        EngineSlot? retired = null;
        EngineSlot current;
        lock (Lock)
        {
            if (_current is null || _current.Options != options)
            {
                retired = _current;
                _current = new EngineSlot(options);
            }

            current = _current;
            current.Users++;
        }

        return new EngineLease(current, retired);
    }

    /// <summary>Lets go of the engine; cmdlets of other runspaces that use it keep it until they are done.</summary>
    public static void Release()
    {
        EngineSlot? retired;
        lock (Lock)
        {
            retired = _current;
            _current = null;
        }

        if (retired is not null)
        {
            Task.Run(() => DisposeIfUnusedAsync(retired).AsTask()).GetAwaiter().GetResult();
        }
    }

    /// <summary>Ends one use.</summary>
    public static ValueTask ReturnAsync(EngineSlot slot)
    {
        lock (Lock)
        {
            slot.Users--;
        }

        return DisposeIfUnusedAsync(slot);
    }

    /// <summary>Disposes an engine that is neither current nor in use.</summary>
    public static ValueTask DisposeIfUnusedAsync(EngineSlot slot)
    {
        lock (Lock)
        {
            if (slot.Users > 0 || slot.Disposed || ReferenceEquals(slot, _current))
            {
                return ValueTask.CompletedTask;
            }

            slot.Disposed = true;
        }

        return slot.Engine.DisposeAsync();
    }
}
