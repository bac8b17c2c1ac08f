using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine;
using LocalZure.Engine.Presentation;

namespace LocalZure.Cli;

/// <summary>Runs calls and turns what they come to into an exit code.</summary>
internal static class CallRunner
{
    /// <summary>Runs work against an engine for this process' environment.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="choose">Chooses the view.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancelled when the process is asked to end.</param>
    /// <param name="isStream">Whether the output is all it is there for, so that it ends when nobody reads it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ParseResult parse, Func<IResultView> choose, Func<Call, Task> work, CancellationToken cancellationToken, bool isStream = false)
    {
        var status = StatusLine.OfErrors();
        var errors = new ErrorWriter(new CommandWords(parse.RootCommandResult.Command), status);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (isStream)
        {
            ClosedOutput.Watch(ended);
        }

        try
        {
            using var events = new Reporter(errors, status, parse.GetValue<bool>(CommandTree.Verbose));
            return await AttemptAsync(parse, choose(), status, errors, events, work, ended.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (ended.IsCancellationRequested || ClosedOutput.IsCause(e))
        {
            // Whoever read the output has all he wanted.
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files are written by the engine, which tells their failures in its own words.
            var unwritten = new LocalZureException(ErrorCode.ParameterInvalid, $"Standard output cannot be written: {e.Message}", "Redirect it to a file or program that takes it.", e);
            errors.Write(unwritten);
            return ExitCode.Of(unwritten.Code);
        }
        catch (Exception e)
        {
            var failure = ErrorText.Known(e);
            errors.Write(failure);
            return ExitCode.Of(failure.Code);
        }
        finally
        {
            status.Interrupt(() => { });
        }
    }

    private static async Task<int> AttemptAsync(ParseResult parse, IResultView view, StatusLine status, ErrorWriter errors, Reporter events, Func<Call, Task> work, CancellationToken cancellationToken)
    {
        // A command is over at once, and what is to end with its session would be too.
        var engine = new LocalZureEngine(EngineOptions.FromEnvironment() with { HasSession = false });
        await using (engine.ConfigureAwait(false))
        {
            var call = new Call(parse, engine, view, status, errors, events, cancellationToken);
            await work(call).ConfigureAwait(false);
            call.End();
            return call.Result;
        }
    }
}
