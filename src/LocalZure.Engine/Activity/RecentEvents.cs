using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Activity;

/// <summary>
/// Remembers the latest events of a container engine, so that one that is told twice is heard once: who connects again asks from
/// the last moment on, which has been told in part.
/// </summary>
internal sealed class RecentEvents
{
    private const int Most = 512;

    private readonly HashSet<(DateTimeOffset, string, string)> _known = [];
    private readonly Queue<(DateTimeOffset, string, string)> _order = new();

    /// <summary>Notes an event; false when it was noted before.</summary>
    public bool Add(RuntimeEvent happened)
    {
        var key = (happened.Time, happened.Id, happened.Action);
        if (!_known.Add(key))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > Most)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }
}
