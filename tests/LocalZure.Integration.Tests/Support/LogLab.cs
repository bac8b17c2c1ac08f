using LocalZure.Engine;
using LocalZure.Engine.Requests;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Containers that look like services and do what a script says, and follows of what they write.</summary>
internal sealed class LogLab : IAsyncDisposable
{
    private readonly Lab _lab;
    private readonly string[] _docker;

    private LogLab(Lab lab, string[] docker)
    {
        _lab = lab;
        _docker = docker;
    }

    public Lab Lab => _lab;

    /// <summary>Opens one.</summary>
    /// <param name="dockerHost">The daemon; null for this machine's.</param>
    public static async Task<LogLab> OpenAsync(string? dockerHost = null) =>
        new(await Lab.OpenAsync(ServiceMode.Docker, dockerHost), dockerHost is null ? [] : ["--host", dockerHost]);

    public Task<string> DockerAsync(params string[] arguments) => Command.RunAsync("docker", [.. _docker, .. arguments]);

    /// <summary>Runs a script as a service.</summary>
    public Task RunAsync(string service, string script, params string[] options) => DockerAsync(
    [
        "run", "--detach", "--network", "none", "--name", _lab.NameOf(service), "--label", "localzure.managed=true", "--label", $"localzure.service={service}",
        "--label", $"localzure.instance={_lab.Instance}", .. options, "--entrypoint", "sh", Requirements.BusyboxImage, "-c", script,
    ]);

    public Task WaitAsync(string service) => DockerAsync("wait", _lab.NameOf(service));

    /// <summary>What the docker command line says that a service has written.</summary>
    public async Task<string[]> LinesOfAsync(string service) => (await DockerAsync("logs", _lab.NameOf(service))).Split('\n');

    /// <summary>Reads all there is, or follows.</summary>
    public async Task<List<LogEntry>> ReadAsync(Func<LogRequest, LogRequest>? change = null, Action<LogEntry>? seen = null)
    {
        var request = new LogRequest { Services = new ServiceQuery { Instance = _lab.Instance } };
        List<LogEntry> lines = [];
        await foreach (var line in _lab.Engine.ReadLogAsync(change?.Invoke(request) ?? request, new RecordedEvents(), CancellationToken.None))
        {
            lines.Add(line);
            seen?.Invoke(line);
        }

        return lines;
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();
}
