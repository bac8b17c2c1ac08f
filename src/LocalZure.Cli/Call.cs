using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine;
using LocalZure.Engine.Requests;

namespace LocalZure.Cli;

/// <summary>A call of the engine: what it needs, and where its answer and its failures go.</summary>
internal sealed class Call
{
    private readonly IResultView _view;
    private readonly StatusLine _status;
    private readonly ErrorWriter _errors;
    private readonly List<int> _failures = [];

    /// <summary>Creates one.</summary>
    public Call(ParseResult commandLine, LocalZureEngine engine, IResultView view, StatusLine status, ErrorWriter errors, Reporter events, CancellationToken cancellationToken)
    {
        CommandLine = commandLine;
        Engine = engine;
        _view = view;
        _status = status;
        _errors = errors;
        Events = events;
        CancellationToken = cancellationToken;
    }

    /// <summary>What was asked for.</summary>
    public ParseResult CommandLine { get; }

    /// <summary>The engine.</summary>
    public LocalZureEngine Engine { get; }

    /// <summary>Takes what the engine tells while it works.</summary>
    public Reporter Events { get; }

    /// <summary>Ends the call.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The exit code of what has failed so far.</summary>
    public int Result => ExitCode.Of(_failures);

    /// <summary>Writes results.</summary>
    public void Write<T>(IReadOnlyCollection<T> values) => _view.Write(values);

    /// <summary>Writes results as they come: at once when they trickle.</summary>
    public async Task WriteAsync<T>(IAsyncEnumerable<T> values)
    {
        var source = values.GetAsyncEnumerator(CancellationToken);
        await using (source.ConfigureAwait(false))
        {
            while (true)
            {
                var next = source.MoveNextAsync();
                if (!next.IsCompleted)
                {
                    _status.Interrupt(_view.Flush);
                }

                if (!await next.ConfigureAwait(false))
                {
                    return;
                }

                _view.Write([source.Current]);
            }
        }
    }

    /// <summary>Writes the rest.</summary>
    public void End() => _status.Interrupt(_view.End);

    /// <summary>Writes how it went for each of several services.</summary>
    public void Write(IReadOnlyList<ServiceOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Error is { } error)
            {
                Fail(error);
            }
            else
            {
                Write([outcome.Service!]);
            }
        }
    }

    /// <summary>Writes lines below the results.</summary>
    public void WriteBelow(IEnumerable<string> lines)
    {
        _status.Interrupt(_view.Flush);
        foreach (var line in lines)
        {
            Console.Out.WriteLine(line);
        }
    }

    /// <summary>Writes an error that concerns one item and lets the others go on.</summary>
    public void Fail(LocalZureException failure)
    {
        _errors.Write(failure);
        Fail(ExitCode.Of(failure.Code));
    }

    /// <summary>Notes what ends with another exit code than 0.</summary>
    public void Fail(int exitCode) => _failures.Add(exitCode);

    /// <summary>The services of a query; an exact name that is not among them is an error.</summary>
    public async Task<IReadOnlyList<Service>> FindAsync(ServiceQuery query)
    {
        var services = await Engine.GetAsync(query, Events, CancellationToken).ConfigureAwait(false);
        await ReportMissingAsync(query, services.Select(service => service.Name)).ConfigureAwait(false);
        return services;
    }

    /// <summary>Writes an error for every service that was asked for by its exact name and is not among those found.</summary>
    public async Task ReportMissingAsync(ServiceQuery query, IEnumerable<string> found)
    {
        foreach (var missing in await Engine.ExplainMissingAsync(query, found, Events.Unseen, CurrentFolder.Configuration(null), CancellationToken).ConfigureAwait(false))
        {
            Fail(missing.Error!);
        }
    }
}
