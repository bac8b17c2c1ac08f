using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Lists services that run, or that can be started.</summary>
[Cmdlet(VerbsCommon.Get, "LzService", DefaultParameterSetName = ExistingSet)]
[OutputType("LocalZure.Service", ParameterSetName = [ExistingSet])]
[OutputType(DefinitionType, ParameterSetName = [AvailableSet])]
public sealed class GetLzServiceCommand : ServiceFilterCommandBase
{
    private const string ExistingSet = "Existing";
    private const string AvailableSet = "Available";
    private const string DefinitionType = "LocalZure.ServiceDefinition";

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ExistingSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public override string? Instance { get; set; }

    /// <summary>Also those that do not run.</summary>
    [Parameter(ParameterSetName = ExistingSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The services that can be started.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AvailableSet)]
    public SwitchParameter Available { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var query in Selection.ToQueries(All))
        {
            if (Available)
            {
                WriteAvailable(query);
            }
            else
            {
                WriteExisting(query);
            }
        }
    }

    private void WriteExisting(ServiceQuery query) => Run(query.Names, async (engine, report, token) =>
    {
        var services = await engine.GetAsync(query, report, token).ConfigureAwait(false);
        report.Output(services);
        await report.MissingAsync(engine, query, services.Select(service => service.Name), token).ConfigureAwait(false);
    });

    private void WriteAvailable(ServiceQuery query) => Run(query.Names, async (engine, report, token) =>
    {
        var chosen = await engine.FindAvailableAsync(query.Names, report.Configuration, report, token).ConfigureAwait(false);
        report.Output(chosen.Select(Named).ToList());
        await report.MissingAsync(engine, query, chosen.Select(service => service.Name), token).ConfigureAwait(false);
    });

    private static PSObject Named(ServiceDefinitionInfo service)
    {
        var named = new PSObject(service);
        named.TypeNames.Insert(0, DefinitionType);
        return named;
    }
}
