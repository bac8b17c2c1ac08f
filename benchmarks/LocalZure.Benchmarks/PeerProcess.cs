using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LocalZure.Benchmarks;

/// <summary>A tool to compare with, in a process of its own that serves all rounds. See <c>benchmarks/Peers</c>.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private PeerProcess(Process process, string name)
    {
        _process = process;
        Name = name;
    }

    /// <summary>The tool's name and version.</summary>
    public string Name { get; }

    /// <summary>Starts the process.</summary>
    /// <param name="assembly">The path of its assembly.</param>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public static async Task<PeerProcess> OpenAsync(string assembly)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(assembly) };
        // Their newest versions begin with one that older engines refuse.
        start.Environment["DOCKER_API_VERSION"] = await DockerCommand.RunAsync("version", "--format", "{{.Server.APIVersion}}");
        var process = Process.Start(start)!;
        var name = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        return name is null ? throw new InvalidOperationException($"{Path.GetFileName(assembly)} ended with exit code {process.ExitCode}") : new PeerProcess(process, name);
    }

    /// <summary>Milliseconds until what is asked for runs, and can be used where there is something to ask.</summary>
    public Task<double> StartAsync(string image, IReadOnlyList<string> command, IReadOnlyList<int> ports, int containerPort, string server) =>
        AskAsync("start " + JsonSerializer.Serialize(new { Image = image, Command = command, Ports = ports, ContainerPort = containerPort, Server = server }));

    /// <summary>Milliseconds until all of it has ended and is removed.</summary>
    public Task<double> StopAsync() => AskAsync("stop");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<double> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        return answer is null ? throw new InvalidOperationException($"{Name} failed; its output says why") : double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
