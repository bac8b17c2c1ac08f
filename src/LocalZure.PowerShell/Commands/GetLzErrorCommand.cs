using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Reads the journal of failures.</summary>
[Cmdlet(VerbsCommon.Get, "LzError")]
[OutputType("LocalZure.ErrorEntry", "LocalZure.ErrorGroup")]
public sealed class GetLzErrorCommand : ServiceCommandBase
{
    private readonly List<string> _names = [];

    /// <summary>The services' names, with wildcards; all failures when absent.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service", "ServiceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public override string? Instance { get; set; }

    /// <summary>Only these severities.</summary>
    [Parameter]
    public ErrorSeverity[] Severity { get; set; } = [];

    /// <summary>Only these categories.</summary>
    [Parameter]
    public ErrorCategory[] Category { get; set; } = [];

    /// <summary>The last so many.</summary>
    [Parameter]
    [Alias("Tail", "Newest")]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public int Last { get; set; }

    /// <summary>Leave out what is older.</summary>
    [Parameter]
    [MomentTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Moment? Since { get; set; }

    /// <summary>One object per root cause.</summary>
    [Parameter]
    public SwitchParameter Group { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _names.AddRange(Name ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var query = new ErrorQuery
        {
            Names = _names,
            Instance = this.IsBound(nameof(Instance)) ? Instance ?? "" : null,
            Severities = Severity,
            Categories = Category,
            Since = Read(Since, nameof(Since)),
            Last = this.IsBound(nameof(Last)) ? Last : null,
        };
        var group = Group.IsPresent;
        Run(_names, async (engine, report, token) =>
        {
            var entries = await engine.GetErrorsAsync(query, report, token).ConfigureAwait(false);
            if (group)
            {
                report.Output(LocalZureEngine.GroupErrors(entries));
            }
            else
            {
                report.Output(entries);
            }
        });
    }
}
