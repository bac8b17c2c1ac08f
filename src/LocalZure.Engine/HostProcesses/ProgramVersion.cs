using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Asks programs for their version: what they say then is short and comes at once, or never.</summary>
internal static class ProgramVersion
{
    /// <summary>So long a program may take; one on a slow network drive takes seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Runs a program and gives what it says.</summary>
    /// <param name="program">The program's full path.</param>
    /// <param name="argument">What makes it tell its version, for example <c>--version</c>.</param>
    /// <param name="limit">How long it may take; it is ended then.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the call, and the program.</param>
    /// <exception cref="LocalZureException">HostToolMissing when it does not run, or does not end in time.</exception>
    public static async Task<CommandResult> AskAsync(string program, string argument, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await CommandRunner.RunAsync([program, argument], new Dictionary<string, string>(), Path.GetDirectoryName(program)!, line: null, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalZureException(
                ErrorCode.HostToolMissing,
                $"The program '{program}' was asked for its version with '{argument}' and did not answer within {limit.TotalSeconds:0.#} s.",
                $"Find out why '{program} {argument}' hangs, put a working one before it on PATH, or start Docker.");
        }
    }
}
