using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>The programs that definitions name as their host tool.</summary>
internal sealed class HostTools
{
    private readonly IReadOnlyDictionary<string, IHostTool> _tools;

    /// <summary>Creates one.</summary>
    /// <param name="tools">Tools by name.</param>
    public HostTools(IReadOnlyDictionary<string, IHostTool> tools) => _tools = tools;

    /// <summary>The tool of a name.</summary>
    /// <exception cref="LocalZureException">InternalError when a definition names a tool that does not exist; a test over the catalog rules it out.</exception>
    public IHostTool Get(string name) => _tools.GetValueOrDefault(name)
        ?? throw new LocalZureException(ErrorCode.InternalError, $"There is no host tool named '{name}'.");
}
