using LocalZure.Engine.Catalog.Services;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Catalog;

/// <summary>All services that can be started by name.</summary>
internal static class ServiceCatalog
{
    private static readonly ServiceDefinition[] InOrder =
    [
        AzuriteStorage.Definition, AzuriteBlob.Definition, AzuriteQueue.Definition, AzuriteTable.Definition,
        CosmosDb.Definition, CosmosDbClassic.Definition,
        ServiceBus.Definition, EventHubs.Definition, EventGrid.Definition, SignalR.Definition,
        SqlServer.Sql2022, SqlServer.Sql2025, PostgreSql.Definition, MySql.Definition, Redis.Definition, Valkey.Definition,
        KeyVault.Definition, AppConfiguration.Definition,
        Functions.Definition, DurableTask.Definition, Kusto.Definition,
        Mosquitto.Definition, Mail.Definition, Dashboard.Definition,
        Floci.Definition, Miniblue.Definition, Topaz.Definition,
    ];

    private static readonly Dictionary<string, ServiceDefinition> Definitions = InOrder.ToDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>All definitions, in the order of the catalog.</summary>
    public static IReadOnlyCollection<ServiceDefinition> All => Definitions.Values;

    /// <summary>The definition of a service; null when the catalog has none of that name.</summary>
    public static ServiceDefinition? Find(string name) => Definitions.GetValueOrDefault(name);

    /// <summary>The definition of a service.</summary>
    /// <exception cref="LocalZureException">ServiceUnknown, with the nearest names.</exception>
    public static ServiceDefinition Get(string name) => Find(name) ?? throw Unknown(name);

    /// <summary>The names of the services that use an image, which Docker may name without the parts that it adds itself.</summary>
    public static IReadOnlyList<string> UsersOf(string image) =>
        All.Where(service => Short(service.Image) == Short(image) || (service.AlpineImage is { } alpine && Short(alpine) == Short(image))).Select(service => service.Name).ToList();

    // docker.io/library/redis:8 and redis:8 are the same.
    private static string Short(string image)
    {
        var name = image.StartsWith("docker.io/", StringComparison.Ordinal) ? image["docker.io/".Length..] : image;
        return name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name;
    }

    /// <summary>What is said when no service has a name: with the nearest names.</summary>
    /// <param name="name">The name.</param>
    /// <param name="more">Further names that could be meant; null for none.</param>
    public static LocalZureException Unknown(string name, IReadOnlyList<string>? more = null)
    {
        var nearest = NearestNames.Of(name, Definitions.Keys.Concat(more ?? []));
        var hint = nearest.Count == 0 ? "" : $" Did you mean {string.Join(" or ", nearest.Select(candidate => $"'{candidate}'"))}?";
        return new LocalZureException(ErrorCode.ServiceUnknown, $"There is no service named '{name}'.{hint}") { Service = name };
    }
}
