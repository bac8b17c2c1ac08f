using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet about environments that are chosen by name.</summary>
public abstract class EnvironmentCommandBase : LocalZureCommandBase
{
    private readonly List<string> _names = [];
    private bool _everything;

    /// <summary>The environments' names, with wildcards; empty for the unnamed instance.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Instance")]
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public string?[]? Name { get; set; }

    /// <summary>Only what was created longer ago.</summary>
    private protected virtual TimeSpan? Age => null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!this.IsBound(nameof(Name)))
        {
            _everything = true;
            return;
        }

        // The unnamed instance in a pipeline has no name.
        _names.AddRange((Name ?? [null]).Select(name => name ?? "").Except(_names, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The environments that are meant; an exact name that is not among them is an error.</summary>
    private protected List<EnvironmentInfo> Find()
    {
        var found = new List<EnvironmentInfo>();
        if (!_everything && _names.Count == 0)
        {
            return found;
        }

        var query = new EnvironmentQuery { Names = _everything ? [] : _names, OlderThan = Age };
        Run(_names, async (engine, report, token) =>
        {
            found.AddRange(await engine.GetEnvironmentsAsync(query, report, token).ConfigureAwait(false));
            SeenInstances.Note(found.SelectMany(environment => environment.Services).ToList());
            if (query.OlderThan is null)
            {
                foreach (var missing in await engine.ExplainMissingEnvironmentsAsync(query, found, report.DockerFailure, token).ConfigureAwait(false))
                {
                    report.Error(missing.Error!, missing.Environment.ToString());
                }
            }
        });
        return found;
    }
}
