using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Sessions;

/// <summary>
/// Sees to it that there is a watcher for this process: another process that waits for the end of this one, however it ends, and
/// then removes what was started for the session. One for all its services; that of another daemon or home has its own.
/// </summary>
internal sealed class SessionWatch : IDisposable
{
    /// <summary>Holds the owner, as in the label, for the watcher.</summary>
    public const string OwnerVariable = "LOCALZURE_WATCH_OWNER";

    /// <summary>Holds the watcher's name.</summary>
    public const string NameVariable = "LOCALZURE_WATCH_NAME";

    // What decides which daemon is meant.
    private static readonly string[] Decisive = ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "XDG_RUNTIME_DIR", "HOME", "USERPROFILE"];

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    private readonly EngineOptions _options;
    private readonly WatcherRegistry _registry;
    private readonly Lazy<string> _name;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ProcessIdentity? _watcher;
    private LocalZureException? _failure;
    private bool _isWanted;

    /// <summary>Creates one. Nothing is started yet.</summary>
    /// <param name="options">Tells how to start a watcher.</param>
    /// <param name="registry">The watchers at work.</param>
    public SessionWatch(EngineOptions options, WatcherRegistry registry)
    {
        _options = options;
        _registry = registry;
        _name = new Lazy<string>(NameOf);
    }

    /// <summary>Starts the watcher unless one is at work. To be called before anything is created; a failure is told by <see cref="ConfirmAsync"/>.</summary>
    /// <param name="onHost">Whether it is for a host process.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">HomeNotWritable or DiskFull.</exception>
    public async Task EnsureAsync(bool onHost, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _isWanted = true;
            if (!onHost)
            {
                _registry.NoteDocker(_name.Value);
            }

            if (_watcher is null || !ProcessTable.IsRunning(_watcher))
            {
                _watcher = await _registry.FindAsync(_name.Value, cancellationToken).ConfigureAwait(false) ?? TryStart();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits until the watcher is at work, if one is needed. Says so when there is none.</summary>
    public async Task ConfirmAsync(IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (_isWanted && !await IsAtWorkAsync(cancellationToken).ConfigureAwait(false))
        {
            var reason = _options.Watcher is null ? "this program says no way to start one" : _failure?.Message.TrimEnd('.') ?? $"it did not get to work; see '{_registry.LogOf(_name.Value)}'";
            events.Report(new Degraded(null, $"There is no watcher that would end the services of this session with it: {reason}. They stay until the next start, or Remove-LzOrphan, removes them."));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<bool> IsAtWorkAsync(CancellationToken cancellationToken)
    {
        var began = _options.Time.GetTimestamp();
        while (await _registry.FindAsync(_name.Value, cancellationToken).ConfigureAwait(false) is null)
        {
            if (_watcher is null || !ProcessTable.IsRunning(_watcher) || _options.Time.GetElapsedTime(began) > LongestStart)
            {
                return false;
            }

            await Task.Delay(Interval, _options.Time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private ProcessIdentity? TryStart()
    {
        if (_options.Watcher is not { } command)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(_registry.Folder);
            return WatcherProcess.Start([command.FileName, .. command.Arguments], Variables(command), _registry.Folder, _registry.LogOf(_name.Value));
        }
        catch (LocalZureException e)
        {
            _failure = e;
            return null;
        }
    }

    private Dictionary<string, string> Variables(WatcherCommand command)
    {
        var variables = new Dictionary<string, string>(_options.Environment.Variables, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var (name, value) in command.Environment)
        {
            variables[name] = value;
        }

        variables["LOCALZURE_HOME"] = _options.Home;
        variables[OwnerVariable] = OwnerIdentity.Current.ToString();
        variables[NameVariable] = _name.Value;
        return variables;
    }

    private string NameOf()
    {
        var owner = OwnerIdentity.Current.Process;
        var decisive = string.Join('\n', Decisive.Select(name => _options.Environment[name] ?? ""));
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(decisive)))[..8].ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{owner.Pid}-{owner.StartToken}-{hash}");
    }
}
