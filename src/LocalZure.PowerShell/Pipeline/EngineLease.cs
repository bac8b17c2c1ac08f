using LocalZure.Engine;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>The right to use the shared engine until disposed.</summary>
internal sealed class EngineLease : IAsyncDisposable
{
    private readonly EngineSlot _slot;
    private readonly EngineSlot? _retired;

    /// <summary>Creates one.</summary>
    /// <param name="slot">The engine.</param>
    /// <param name="retired">The engine that it replaces, disposed with the lease if nobody uses it; null when there is none.</param>
    public EngineLease(EngineSlot slot, EngineSlot? retired)
    {
        _slot = slot;
        _retired = retired;
    }

    /// <summary>The engine.</summary>
    public LocalZureEngine Engine => _slot.Engine;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EngineProvider.ReturnAsync(_slot).ConfigureAwait(false);
        if (_retired is not null)
        {
            await EngineProvider.DisposeIfUnusedAsync(_retired).ConfigureAwait(false);
        }
    }
}
