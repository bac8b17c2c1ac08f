using System.Management.Automation;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet about services that exist, chosen by name. Asks the engine once, when the whole pipeline has come in.</summary>
public abstract class ServiceFilterCommandBase : ServiceCommandBase
{
    /// <summary>The services' names, with wildcards; all when absent.</summary>
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

    /// <summary>What was chosen so far.</summary>
    private protected ServiceSelection Selection { get; } = new();

    /// <summary>The instance meant when the parameter is absent; null for all of them.</summary>
    private protected virtual string? ChosenInstance => NamedInstance;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Selection.Add(Name, ChosenInstance);
}
