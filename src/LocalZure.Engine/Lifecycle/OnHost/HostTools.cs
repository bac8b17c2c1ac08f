using LocalZure.Engine.Catalog;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>The programs that definitions name as their host tool.</summary>
internal sealed class HostTools
{
    private readonly IReadOnlyDictionary<string, IHostTool> _tools;
    private readonly EnvironmentSnapshot _environment;

    /// <summary>Creates one.</summary>
    /// <param name="tools">Tools by name.</param>
    /// <param name="environment">Where PATH is read, on which the commands of users are found; null for no PATH.</param>
    public HostTools(IReadOnlyDictionary<string, IHostTool> tools, EnvironmentSnapshot? environment = null)
    {
        _tools = tools;
        _environment = environment ?? new EnvironmentSnapshot([]);
    }

    /// <summary>The tool of a definition.</summary>
    /// <inheritdoc cref="Get(string)" path="/exception"/>
    public IHostTool Get(HostDefinition host) => host.IsCommand ? new CommandTool(host.Tool, host.WorkingDirectory!, _environment) : Get(host.Tool);


    /// <summary>The tool of a name.</summary>
    /// <exception cref="LocalZureException">InternalError when a definition names a tool that does not exist; a test over the catalog rules it out.</exception>
    public IHostTool Get(string name) => _tools.GetValueOrDefault(name)
        ?? throw new LocalZureException(ErrorCode.InternalError, $"There is no host tool named '{name}'.");
}
