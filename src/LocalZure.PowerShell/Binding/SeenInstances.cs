using System.Collections.Concurrent;

namespace LocalZure.PowerShell.Binding;

/// <summary>
/// The named instances of services that cmdlets of this process have shown, for completion only: which of them exist is asked
/// from the engine, never from here.
/// </summary>
internal static class SeenInstances
{
    private static readonly ConcurrentDictionary<(string Name, string Instance), bool> Seen = new();

    /// <summary>The instances, each once.</summary>
    public static IEnumerable<string> All => Seen.Keys.Select(service => service.Instance).Distinct(StringComparer.Ordinal);

    /// <summary>Notes what is shown; other objects than services and their health are passed over.</summary>
    public static void Note<T>(IReadOnlyCollection<T> shown)
    {
        // Log lines come by the million.
        if (typeof(T) != typeof(Service) && typeof(T) != typeof(ServiceHealth))
        {
            return;
        }

        foreach (var one in shown)
        {
            Note(one);
        }
    }

    private static void Note(object? shown)
    {
        switch (shown)
        {
            case Service { Instance: { } instance, State: ServiceState.NotCreated } gone:
                Seen.TryRemove((gone.Name, instance), out _);
                break;
            case Service { Instance: { } instance } service:
                Seen[(service.Name, instance)] = true;
                break;
            case ServiceHealth { Instance: { } instance } health:
                Seen[(health.Service, instance)] = true;
                break;
        }
    }
}
