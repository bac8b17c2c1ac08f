using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Formatting;

namespace LocalZure.PowerShell.Commands;

/// <summary>Shows which services need which, and how they are.</summary>
[Cmdlet(VerbsCommon.Get, "LzDependencyGraph", DefaultParameterSetName = TextSet)]
[OutputType(typeof(string), ParameterSetName = [TextSet])]
[OutputType("LocalZure.DependencyNode", ParameterSetName = [ObjectSet])]
public sealed class GetLzDependencyGraphCommand : ServiceFilterCommandBase
{
    private const string TextSet = "Text";
    private const string ObjectSet = "Object";

    /// <summary>The configuration file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <summary>How it is written; a tree when absent.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [ValidateSet("Tree", "Mermaid", "Dot", "Svg")]
    public string? Format { get; set; }

    /// <summary>Without colours.</summary>
    [Parameter(ParameterSetName = TextSet)]
    public SwitchParameter NoColor { get; set; }

    /// <summary>The nodes as objects.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet)]
    public SwitchParameter AsObject { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var configuration = ReadConfiguration();
        var requests = Selection.ToQueries(includeStopped: true).Select(query => new GraphRequest { Services = query, Configuration = configuration }).ToList();
        var format = Format is null ? GraphFormat.Tree : Enum.Parse<GraphFormat>(Format, ignoreCase: true);
        var asObject = AsObject.IsPresent;
        var colours = new Colours(GetVariableValue("PSStyle"));
        var isColoured = IsColoured(colours);
        Run(requests.SelectMany(request => request.Services.Names).ToList(), async (engine, report, token) =>
        {
            var graphs = new List<DependencyNode>();
            foreach (var request in requests)
            {
                graphs.AddRange(await engine.GetGraphAsync(request, report, token).ConfigureAwait(false));
            }

            var nodes = graphs.DistinctBy(node => (node.Name, node.Instance)).ToList();
            if (asObject)
            {
                report.Output(nodes);
            }
            else
            {
                report.Output(LocalZureEngine.RenderGraph(nodes, format, (node, text) => isColoured ? colours.Paint(node, text) : text));
            }
        });
    }

    private ConfigurationRequest ReadConfiguration()
    {
        try
        {
            return this.Configuration(ConfigPath);
        }
        catch (LocalZureException e)
        {
            Fail(e, ConfigPath);
            throw;
        }
    }

    // What another command or a file gets is text; PowerShell would take the colours away on some of these ways and not on others.
    private bool IsColoured(Colours colours) => !NoColor && colours.AreWanted && MyInvocation.PipelinePosition == MyInvocation.PipelineLength;
}
