using System.Diagnostics;

namespace LocalZure.Integration.Tests.Support;

/// <summary>A shell that starts a service in a process of its own.</summary>
internal sealed class ClientProcess : IDisposable
{
    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    public static ClientProcess Start(Lab lab, string service, string? home = null) => Start(lab, service, home, []);

    /// <summary>Starts one with more words for <see cref="Program"/>.</summary>
    public static ClientProcess Start(Lab lab, string service, string? home, params string[] more) => Start([], lab, service, home, more);

    /// <summary>Starts one by a program that takes a command as its last arguments, as <c>unshare</c>.</summary>
    public static ClientProcess StartIn(IReadOnlyList<string> program, Lab lab, string service, params string[] more) => Start(program, lab, service, null, more);

    private static ClientProcess Start(IReadOnlyList<string> program, Lab lab, string service, string? home, string[] more)
    {
        string[] command = [.. program, "dotnet", "exec", typeof(Program).Assembly.Location, service, lab.Instance, .. more];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in lab.Variables(home ?? lab.Home))
        {
            start.Environment[name] = value;
        }

        return new ClientProcess(Process.Start(start)!);
    }

    /// <summary>Reads what it prints up to a line that begins with a text, and gives that line.</summary>
    public async Task<string> ReadToAsync(string prefix)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        List<string> seen = [];
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return line;
            }

            seen.Add(line);
        }

        throw new InvalidOperationException($"The client ended before '{prefix}': {string.Join('\n', seen)}");
    }

    /// <summary>Completes when it has ended by itself, after reading what it prints.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return output;
    }

    /// <summary>Ends it as <c>kill -9</c> does: nothing of it runs any more, what it has started goes on.</summary>
    /// <returns>Whether it had not ended by itself.</returns>
    public async Task<bool> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        return _process.ExitCode is not (0 or 1);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
