namespace LocalZure.Engine.HostProcesses;

/// <summary>Azurite, the emulator of Azure Storage. Its scripts are <c>dist/src/blob|queue|table/main.js</c>.</summary>
internal sealed class AzuriteTool : IHostTool
{
    /// <summary>
    /// What is installed. The minimum is <c>engines.node</c> of each version's package.json: <c>>=22.0.0</c>,
    /// <c>>=21.0.0</c> and <c>>=10.0.0</c>.
    /// </summary>
    internal static readonly NpmPackage Package = new()
    {
        Name = "azurite",
        DisplayName = "Azurite",
        RequiredFile = "dist/src/blob/main.js",
        Versions = [new("3.37.0", 22), new("3.36.0", 21), new("3.35.0", 10)],
    };

    private readonly NpmPackageTool _tool;

    /// <summary>Creates one.</summary>
    /// <param name="options">The home, PATH and the clock.</param>
    public AzuriteTool(EngineOptions options) => _tool = new NpmPackageTool(Package, options);

    /// <inheritdoc/>
    public Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken) =>
        _tool.EnsureAsync(progress, cancellationToken);
}
