namespace LocalZure.Engine.Support;

/// <summary>A program that <see cref="CommandRunner"/> has started.</summary>
internal interface IRunningCommand : IDisposable
{
    /// <summary>What it writes to its standard output.</summary>
    Stream Output { get; }

    /// <summary>What it writes to its standard error.</summary>
    Stream Error { get; }

    /// <summary>Waits for the end of the program itself, whatever it leaves running.</summary>
    /// <param name="closed">Completes when nobody can write to its output any more: mostly the moment of its end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The exit code.</returns>
    Task<int> WaitForExitAsync(Task closed, CancellationToken cancellationToken);

    /// <summary>Ends the program and everything that it has started.</summary>
    void Kill();

    /// <summary>Ends what the program, which has ended, has left running, other than what has made itself independent of it.</summary>
    void KillRest();
}
