using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet about services of an instance.</summary>
public abstract class ServiceCommandBase : LocalZureCommandBase
{
    /// <summary>The instance; empty for the unnamed one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public virtual string? Instance { get; set; }

    /// <summary>The instance that was named, empty for the unnamed one; null when the parameter is absent.</summary>
    private protected string? NamedInstance => this.IsBound(nameof(Instance)) ? Instance ?? "" : null;

    /// <summary>As <see cref="NamedInstance"/>, but what <c>LOCALZURE_INSTANCE</c> says, else the unnamed one, when the parameter is absent.</summary>
    private protected string OneInstance => NamedInstance ?? EngineOptions.FromEnvironment().Environment["LOCALZURE_INSTANCE"] ?? "";

    /// <summary>How a service is named in questions and messages, for example <c>blob (instance pr42)</c>.</summary>
    private protected static string Describe(string name, string? instance) =>
        string.IsNullOrEmpty(instance) ? name : $"{name} (instance {instance})";
}
