using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>
/// The one description of what a <c>localzure.yml</c> may hold: it reads the file, names the nearest key of one that is unknown,
/// and is what the JSON schema and the reference page are made of.
/// </summary>
internal static class ProjectSchema
{
    private static readonly ObjectSchema<DefaultSettings> Defaults = new("table of defaults", new DefaultSettings(), [
        SchemaKey<DefaultSettings>.Of("profile", Scalars.Choice<Profile>(), (to, profile) => to with { Profile = profile }, "test: free ports, data in memory, Alpine images where there are some, limits, and an end with the session.", value: "dev"),
        SchemaKey<DefaultSettings>.Of("mode", Scalars.Choice<ServiceMode>(), (to, mode) => to with { Mode = mode }, "How to run services; auto takes Docker where it answers, else the host.", value: "auto"),
        SchemaKey<DefaultSettings>.Of("instance", Scalars.Instance, (to, name) => to with { Instance = name }, "The instance of services.", "the unnamed one"),
        SchemaKey<DefaultSettings>.Of("bind", Scalars.Address, (to, address) => to with { Bind = address }, "The address that ports are published on.", value: "127.0.0.1"),
        SchemaKey<DefaultSettings>.Of("ports", Scalars.Choice<DefaultPorts>(), (to, ports) => to with { Ports = ports }, "Which ports are taken where none is named.", value: "well-known"),
        SchemaKey<DefaultSettings>.Of("port_range", Scalars.PortRange, (to, range) => to with { PortRange = range }, "Where free ports are taken from.", value: "30000-40000"),
        SchemaKey<DefaultSettings>.Of("variant", Scalars.Choice<ImageVariant>(), (to, variant) => to with { Variant = variant }, "The variant of images, where the catalog knows one.", value: "default"),
        SchemaKey<DefaultSettings>.Of("data", Scalars.Choice<DataPlace>(), (to, data) => to with { Data = data }, "Where data is kept.", value: "volume"),
        SchemaKey<DefaultSettings>.Of("lifetime", Scalars.Choice<ServiceLifetime>(), (to, lifetime) => to with { Lifetime = lifetime }, "Whether services end with the PowerShell session that started them.", value: "persistent"),
        SchemaKey<DefaultSettings>.Of("ttl", Scalars.Life, (to, time) => to with { TimeToLive = time }, "How long services may live.", "for ever"),
        SchemaKey<DefaultSettings>.Of("timeouts", CommonSchemas.Timeouts, (to, timeouts) => to with { Timeouts = timeouts }, "How long things may take."),
        SchemaKey<DefaultSettings>.Of("resources", CommonSchemas.Resources, (to, resources) => to with { Resources = resources }, "Limits of containers."),
        SchemaKey<DefaultSettings>.Of("security", CommonSchemas.Security, (to, security) => to with { Security = security }, "What containers may do."),
        SchemaKey<DefaultSettings>.Of("image_cleanup", Scalars.Choice<ImageCleanup>(), (to, cleanup) => to with { ImageCleanup = cleanup }, "When the images that are built for services are removed: always, with the service; on-error, after a start that failed.", value: "never"),
    ]);

    private static readonly FormSchema<IReadOnlyDictionary<string, ServiceSettings>> Services = new(
        "table or list of services",
        list: new ConvertSchema<IReadOnlyList<string>, IReadOnlyDictionary<string, ServiceSettings>>(
            new ListSchema<string>("names", Scalars.Name), names => names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => new ServiceSettings(), StringComparer.Ordinal)),
        table: new MapSchema<ServiceSettings>("table of services", ServiceSchema.Service, name => Lifecycle.NameRule.Check("service", name)));

    /// <summary>The file.</summary>
    public static readonly ObjectSchema<ProjectSettings> Root = new(
        "configuration file",
        new ProjectSettings(),
        [
            SchemaKey<ProjectSettings>.Of("version", Scalars.Version, (to, version) => to with { Version = version }, "The version of LocalZure that the file was written for."),
            SchemaKey<ProjectSettings>.Of("project", Scalars.Project, (to, name) => to with { Project = name }, "The project's name."),
            SchemaKey<ProjectSettings>.Of("docker_enabled", Scalars.Boolean, (to, yes) => to with { DockerEnabled = yes }, "Whether Docker may be used; false is host mode only.", value: "true"),
            SchemaKey<ProjectSettings>.Of("defaults", Defaults, (to, defaults) => to with { Defaults = defaults }, "What holds for all services that do not say otherwise."),
            SchemaKey<ProjectSettings>.Of("services", Services, (to, services) => to with { Services = services }, "The services: a table by name, or a list of names from the catalog."),
        ],
        takesExtensions: true);
}
