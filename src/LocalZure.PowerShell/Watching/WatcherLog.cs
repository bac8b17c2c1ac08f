using System.Globalization;
using LocalZure.Engine.Events;

namespace LocalZure.PowerShell.Watching;

/// <summary>Writes what a watcher does to its output, which is a file.</summary>
internal sealed class WatcherLog : IProgress<LifecycleEvent>
{
    /// <inheritdoc/>
    public void Report(LifecycleEvent value)
    {
        var text = value switch
        {
            Degraded degraded => degraded.Message,
            Noted noted => noted.Message,
            _ => null,
        };
        if (text is not null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():O} {text}"));
        }
    }
}
