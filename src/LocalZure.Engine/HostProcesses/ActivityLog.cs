using System.Globalization;
using System.Text.Json;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// What LocalZure notes of services because no container engine does: that one was seen to be usable or was stopped, and what
/// happens to host processes. One small file per event in the LocalZure home, so that many processes may write at once without a
/// lock; the oldest go.
/// </summary>
internal sealed class ActivityLog
{
    /// <summary>So many events are kept.</summary>
    public const int Most = 500;

    // Removed beyond the limit, so that not every event looks for old ones to remove in vain.
    private const int Slack = 50;

    private readonly string _folder;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    public ActivityLog(string home) => _folder = Path.Combine(home, "events");

    /// <summary>Adds an event. What it tells of has happened whether it can be noted or not, so that a home that cannot be written to is no failure.</summary>
    /// <param name="value">The event.</param>
    /// <param name="id">Tells it from others, as a part of a file's name; an event whose id is there already is not added again. Null makes one.</param>
    public void Append(Event value, string? id = null)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            if (id is not null && Directory.EnumerateFiles(_folder, $"*-{id}.json").Any())
            {
                return;
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"{value.Time.UtcTicks:D19}-{id ?? Guid.NewGuid().ToString("N")[..12]}");
            var path = Path.Combine(_folder, name + ".json");
            WholeFile.Replace(path, file => JsonSerializer.Serialize(file, value, HostProcessJsonContext.Default.Event));
            Prune();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Events are for people who look; a full disk must not stop a service from being started or stopped.
        }
    }

    /// <summary>The names of the events that are kept, oldest first.</summary>
    public IReadOnlyList<string> Names()
    {
        try
        {
            return Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal).ToList() : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>An event; null when it is gone already or is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Event?> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await JsonFile.TryReadAsync(Path.Combine(_folder, name + ".json"), HostProcessJsonContext.Default.Event, value => value.Message is not null, cancellationToken).ConfigureAwait(false)).Value;

    private void Prune()
    {
        var names = Names();
        if (names.Count > Most + Slack)
        {
            foreach (var name in names.Take(names.Count - Most))
            {
                File.Delete(Path.Combine(_folder, name + ".json"));
            }
        }
    }
}
