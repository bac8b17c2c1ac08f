using LocalZure.Engine;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>An engine and how many use it. Its members are guarded by <see cref="EngineProvider"/>.</summary>
internal sealed class EngineSlot
{
    /// <summary>Creates the engine.</summary>
    public EngineSlot(EngineOptions options)
    {
        Options = options;
        Engine = new LocalZureEngine(options);
    }

    /// <summary>What the engine was made from.</summary>
    public EngineOptions Options { get; }

    /// <summary>The engine.</summary>
    public LocalZureEngine Engine { get; }

    /// <summary>How many use it now.</summary>
    public int Users { get; set; }

    /// <summary>Whether it was disposed.</summary>
    public bool Disposed { get; set; }
}
