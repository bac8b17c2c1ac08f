using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Reads the connection strings of running services.</summary>
[Cmdlet(VerbsCommon.Get, "LzConnectionString")]
[OutputType("System.String", "LocalZure.EnvironmentVariable")]
public sealed class GetLzConnectionStringCommand : ServiceFilterCommandBase
{
    /// <summary>As variables, under the names that SDKs, Functions and Aspire read.</summary>
    [Parameter]
    public SwitchParameter AsEnvironment { get; set; }

    // A string does not tell which instance it belongs to, so that one must be meant.
    private protected override string? ChosenInstance => OneInstance;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var query in Selection.ToQueries(includeStopped: false))
        {
            Write(query);
        }
    }

    private void Write(ServiceQuery query)
    {
        var asEnvironment = AsEnvironment.IsPresent;
        Run(query.Names, async (engine, report, token) =>
        {
            var services = await engine.GetAsync(query, report, token).ConfigureAwait(false);
            report.Output(services.SelectMany(service => asEnvironment ? Variables(service) : Text(service)).ToList());
            await report.MissingAsync(engine, query, services.Select(service => service.Name), token).ConfigureAwait(false);
        });
    }

    private static IEnumerable<object> Text(Service service) => service.ConnectionString is null ? [] : [service.ConnectionString];

    private static IEnumerable<object> Variables(Service service) =>
        service.ConnectionStrings.Select(pair => new EnvironmentVariable(pair.Key, pair.Value, service.Name, service.Instance));
}
