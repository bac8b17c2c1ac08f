using System.Collections;

namespace LocalZure.Engine.Support;

/// <summary>Runs a program to its end. Not for services: it ends with the caller, and what it leaves running ends with it.</summary>
internal static class CommandRunner
{
    private const int KeptLines = 200;

    /// <summary>How long after its end a program's output is still read: something that it left running may hold the output open.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

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
        cancellationToken.ThrowIfCancellationRequested();
        using var running = Start(command, environment, workingDirectory);
        var lines = new Queue<string>();
        var isOver = false;
        var output = Task.WhenAll(LineReader.ReadAsync(running.Output, Take), LineReader.ReadAsync(running.Error, Take));
        try
        {
            var code = await running.WaitForExitAsync(output, cancellationToken).ConfigureAwait(false);
            try
            {
                if (!await IsReadAsync(output, cancellationToken).ConfigureAwait(false))
                {
                    running.KillRest();

                    // What made itself independent may still hold the output open: that is then read no more.
                    await IsReadAsync(output, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                running.KillRest();
            }

            lock (lines)
            {
                isOver = true;
                return new CommandResult(code, [.. lines]);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            running.Kill();
            await AwaitEndAsync(running, output).ConfigureAwait(false);
            throw;
        }

        void Take(string text)
        {
            lock (lines)
            {
                if (isOver)
                {
                    return;
                }

                lines.Enqueue(text);
                if (lines.Count > KeptLines)
                {
                    lines.Dequeue();
                }

                line?.Invoke(text);
            }
        }
    }

    /// <summary>Waits for the end of what was killed. One that the system does not end, or that may not be ended, is not waited for.</summary>
    internal static async Task AwaitEndAsync(IRunningCommand running, Task output)
    {
        using var limit = new CancellationTokenSource(Drain);
        try
        {
            await running.WaitForExitAsync(output, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
        }
    }

    private static async Task<bool> IsReadAsync(Task output, CancellationToken cancellationToken)
    {
        try
        {
            await output.WaitAsync(Drain, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static IRunningCommand Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var (running, problem) = OperatingSystem.IsWindows()
            ? ProcessCommand.Start(command, variables, workingDirectory)
            : StartOnUnix(command, variables, workingDirectory);
        return running ?? throw new LocalZureException(ErrorCode.HostToolMissing, $"The program '{command[0]}' cannot be started: {problem}.");
    }

    private static (IRunningCommand? Command, string? Problem) StartOnUnix(IReadOnlyList<string> command, Dictionary<string, string> variables, string workingDirectory)
    {
        if (!Directory.Exists(workingDirectory))
        {
            return (null, $"the folder '{workingDirectory}' is not there");
        }

        var program = command[0].Contains('/', StringComparison.Ordinal) ? command[0] : ProgramPath.Find(new EnvironmentSnapshot(variables), command[0]);
        return program is null ? (null, "there is no program of that name on PATH") : UnixCommand.Start([program, .. command.Skip(1)], variables, workingDirectory);
    }
}
