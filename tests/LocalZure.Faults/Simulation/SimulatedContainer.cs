using System.Globalization;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>
/// A container of the simulated daemon. One that runs answers on its published ports as Azurite does, and like Azurite it
/// writes its closing line soon after it was asked to end, and runs on.
/// </summary>
internal sealed class SimulatedContainer
{
    // Longer than the clients of the tests wait for an answer, so that one who takes silence for the end is found out.
    private static readonly TimeSpan ClosingTime = TimeSpan.FromMilliseconds(400);

    private readonly object _lock = new();
    private readonly List<(DateTimeOffset Time, string Text)> _log = [];
    private readonly List<HttpStub> _stubs = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Image { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Host ports by container port, for example 31234 by <c>10000/tcp</c>.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>The network; null for none of those that are simulated.</summary>
    public string? Network { get; init; }

    public DateTimeOffset CreatedAt { get; } = DateTimeOffset.UtcNow;

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>As the Engine API has it: created, running, exited.</summary>
    public string State { get; private set; } = "created";

    public int ExitCode { get; private set; }

    /// <summary>Whether it was ended while it had data that it had not put away yet: it was never asked to end, or not given the time.</summary>
    public bool HasLostData { get; private set; }

    public bool IsRunning => State == "running";

    /// <summary>Runs it.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public void Start()
    {
        foreach (var (containerPort, hostPort) in Ports)
        {
            var service = containerPort.Split('/')[0] switch
            {
                "10000" => "Blob",
                "10001" => "Queue",
                _ => "Table",
            };
            _stubs.Add(HttpStub.AnsweringRaw($"HTTP/1.1 400 Bad Request\r\nServer: Azurite-{service}/3.37.0\r\nContent-Length: 0\r\n\r\n", hostPort));
        }

        StartedAt = DateTimeOffset.UtcNow;
        State = "running";
        _isClosing = false;
        Write("Azurite service is starting");
    }

    /// <summary>Takes a signal.</summary>
    public async Task SignalAsync(string signal)
    {
        if (signal == "SIGKILL")
        {
            await EndAsync(137);
            return;
        }

        if (!_isClosing)
        {
            _isClosing = true;
            _ = CloseAsync();
        }
    }

    /// <summary>Ends it as a kill does.</summary>
    public async Task EndAsync(int exitCode)
    {
        if (!IsRunning)
        {
            return;
        }

        HasLostData = !Snapshot().Log.Exists(line => line.Text.EndsWith("successfully closed", StringComparison.Ordinal) && line.Time >= StartedAt);
        State = "exited";
        ExitCode = exitCode;
        FinishedAt = DateTimeOffset.UtcNow;
        Signal();
        foreach (var stub in _stubs)
        {
            await stub.DisposeAsync();
        }

        _stubs.Clear();
    }

    /// <summary>What it has written so far, and a task that completes with the next line or its end.</summary>
    public (List<(DateTimeOffset Time, string Text)> Log, Task Changed) Snapshot()
    {
        lock (_lock)
        {
            return ([.. _log], _changed.Task);
        }
    }

    private static int ContainerPort(string key) => int.Parse(key.Split('/')[0], CultureInfo.InvariantCulture);

    private async Task CloseAsync()
    {
        await Task.Delay(ClosingTime);
        if (IsRunning)
        {
            var service = Ports.Keys.Select(ContainerPort).FirstOrDefault() switch
            {
                10000 => "Blob",
                10001 => "Queue",
                _ => "Table",
            };
            Write($"Azurite {service} service successfully closed");
        }
    }

    private void Write(string text)
    {
        lock (_lock)
        {
            _log.Add((DateTimeOffset.UtcNow, text));
        }

        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
