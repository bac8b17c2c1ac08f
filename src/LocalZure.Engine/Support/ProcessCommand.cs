using System.ComponentModel;
using System.Diagnostics;

namespace LocalZure.Engine.Support;

/// <summary>A program as .NET starts it, for Windows.</summary>
internal sealed class ProcessCommand : IRunningCommand
{
    private readonly Process _process;

    private ProcessCommand(Process process) => _process = process;

    /// <inheritdoc/>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <inheritdoc/>
    public Stream Error => _process.StandardError.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="command">The program, then its arguments.</param>
    /// <param name="environment">All of its variables.</param>
    /// <param name="workingDirectory">The folder it runs in.</param>
    /// <returns>The command, or why it cannot be started.</returns>
    public static (ProcessCommand? Command, string? Problem) Start(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return (new ProcessCommand(process), null);
        }
        catch (Win32Exception e)
        {
            return (null, e.Message.TrimEnd('.'));
        }
    }

    /// <inheritdoc/>
    public async Task<int> WaitForExitAsync(Task closed, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <inheritdoc/>
    // Windows keeps no trace of what an ended process has started.
    public void KillRest()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
