using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Pipeline;

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

    /// <summary>The instance that was named, empty for the unnamed one; null when the parameter is absent. Ends the cmdlet when no instance can have that name.</summary>
    private protected string? NamedInstance
    {
        get
        {
            if (!this.IsBound(nameof(Instance)))
            {
                return null;
            }

            var instance = Instance ?? "";
            Check(instance, () => Instances.CheckNamed(instance));
            return instance;
        }
    }

    /// <summary>As <see cref="NamedInstance"/>, but what <c>LOCALZURE_INSTANCE</c> says, else the unnamed one, when the parameter is absent.</summary>
    private protected string OneInstance => NamedInstance ?? InstanceOfEnvironment();

    /// <summary>How a service is named in questions and messages, for example <c>blob (instance pr42)</c>.</summary>
    private protected static string Describe(string name, string? instance) =>
        ServiceText.Of(name, instance);

    /// <summary>The services of queries; an exact name that is not among them is an error.</summary>
    private protected List<Service> FindServices(IReadOnlyList<ServiceQuery> queries)
    {
        var found = new List<Service>();
        foreach (var query in queries)
        {
            Run(query.Names, async (engine, report, token) =>
            {
                var services = await engine.GetAsync(query, report, token).ConfigureAwait(false);
                found.AddRange(services);
                await report.MissingAsync(engine, query, services.Select(service => service.Name), token).ConfigureAwait(false);
            });
        }

        return found;
    }

    private string InstanceOfEnvironment()
    {
        var environment = EnvironmentSnapshot.Capture();
        var instance = "";
        Check(environment["LOCALZURE_INSTANCE"], () => instance = Instances.OfEnvironment(environment));
        return instance;
    }

    private void Check(string? instance, Action check)
    {
        try
        {
            check();
        }
        catch (LocalZureException e)
        {
            Fail(e, instance);
        }
    }
}
