using System.ComponentModel;
using System.Diagnostics;

namespace LocalZure.Engine.Support;

/// <summary>Runs a program to its end. Not for services: it ends with the caller.</summary>
internal static class CommandRunner
{
    private const int KeptLines = 200;

    /// <summary>Runs it; cancelling ends it with everything it started.</summary>
    /// <param name="command">The program as a full path, then its arguments, unquoted.</param>
    /// <param name="environment">Variables on top of this process' own.</param>
    /// <param name="workingDirectory">The folder it runs in.</param>
    /// <param name="line">Told every line of its output and error, one at a time; null when nobody listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LocalZureException">HostToolMissing when the program cannot be started.</exception>
    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Action<string>? line,
        CancellationToken cancellationToken)
    {
        using var process = Start(command, environment, workingDirectory);
        var lines = new Queue<string>();
        var output = Task.WhenAll(ReadAsync(process.StandardOutput, Take), ReadAsync(process.StandardError, Take));
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            await output.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return new CommandResult(process.ExitCode, [.. lines]);

        void Take(string text)
        {
            lock (lines)
            {
                lines.Enqueue(text);
                if (lines.Count > KeptLines)
                {
                    lines.Dequeue();
                }

                line?.Invoke(text);
            }
        }
    }

    private static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory,
        };
        command.Skip(1).ToList().ForEach(start.ArgumentList.Add);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new LocalZureException(ErrorCode.HostToolMissing, $"The program '{command[0]}' cannot be started: {e.Message}.", innerException: e);
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } text)
        {
            take(text);
        }
    }
}
