using LocalZure.Engine.Catalog.Services;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Every host tool there is.</summary>
internal static class HostToolList
{
    /// <summary>The tools by the name that definitions use.</summary>
    public static HostTools Create(EngineOptions options) => new(new Dictionary<string, IHostTool>(StringComparer.Ordinal)
    {
        [Azurite.Tool] = new AzuriteTool(options),
        [Redis.Tool] = new PathTool(PathProgram.Redis, options.Environment),
        [PostgreSql.Tool] = new PathTool(PathProgram.PostgreSql, options.Environment),
        [Mosquitto.Tool] = new PathTool(PathProgram.Mosquitto, options.Environment),
    }, options.Environment);
}
