using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.Support;

/// <summary>The built command as a process of its own, in the environment of a lab.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private Shell(Process process, Task<string> errors)
    {
        _process = process;
        _errors = errors;
    }

    public static string CommandFile { get; } = typeof(ExitCode).Assembly.Location;

    /// <summary>Starts the command in the folder of a lab's home.</summary>
    public static Shell Start(Lab lab, params string[] arguments)
    {
        // What a shell runs in the background ignores SIGINT, and so would all that it starts, this one included.
        string[] line = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", CommandFile, .. arguments] : ["dotnet", CommandFile, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = lab.Home };
        start.Environment.Clear();
        foreach (var (name, value) in lab.Variables(lab.Home))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new Shell(process, process.StandardError.ReadToEndAsync());
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<Ended> RunAsync(Lab lab, params string[] arguments)
    {
        using var shell = Start(lab, arguments);
        var output = await shell._process.StandardOutput.ReadToEndAsync();
        return new Ended(await shell.WaitAsync(), output, await shell._errors);
    }

    /// <summary>Runs the command, which must succeed without a word to standard error, and reads the JSON it writes.</summary>
    public static async Task<JsonElement> JsonAsync(Lab lab, params string[] arguments)
    {
        var ended = await RunAsync(lab, [.. arguments, "--output", "json"]);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    /// <summary>A line of what it writes; null at its end.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Deadline);

    /// <summary>Reads no more, as a pipe's other end that closes.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    public Task SignalAsync(string signal) => Command.RunAsync("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>What it wrote to standard error, when it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors;

    /// <summary>What it wrote to standard output from here to its end.</summary>
    public Task<string> RestAsync() => _process.StandardOutput.ReadToEndAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
