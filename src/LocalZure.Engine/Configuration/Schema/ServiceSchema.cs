using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A service.</summary>
internal static class ServiceSchema
{
    private static readonly ObjectSchema<BuildSettings> BuildTable = new("build", new BuildSettings(), [
        SchemaKey<BuildSettings>.Of("context", Scalars.Path, (build, path) => build with { Context = path }, "The folder to build from.", "the folder of this file"),
        SchemaKey<BuildSettings>.Of("dockerfile", Scalars.Path, (build, path) => build with { Dockerfile = path }, "The Dockerfile within the folder.", "Dockerfile"),
        SchemaKey<BuildSettings>.Of("target", Scalars.Text, (build, target) => build with { Target = target }, "The stage to build.", "the last one"),
        SchemaKey<BuildSettings>.Of("args", CommonSchemas.Environment, (build, arguments) => build with { Arguments = arguments }, "Build arguments.", "none"),
        SchemaKey<BuildSettings>.Of("cache", Scalars.Choice<BuildCache>(), (build, cache) => build with { Cache = cache }, "content: built anew when what it is built from has changed; none: at every start.", value: "content"),
    ]);

    private static readonly ObjectSchema<PortSettings> PortTable = new("port", new PortSettings(), [
        SchemaKey<PortSettings>.Of("container", Scalars.ContainerPort, (port, number) => port with { Container = number }, "The port inside the container.", "the catalog's, else the host's"),
        SchemaKey<PortSettings>.Of("host", Scalars.HostPort, (port, choice) => port with { Host = choice }, "The port of the host: a number, a range such as 3000-4000, or auto.", "the catalog's, else auto"),
        SchemaKey<PortSettings>.Of("protocol", Scalars.Choice<PortProtocol>(), (port, protocol) => port with { Protocol = protocol }, "What is spoken there.", value: "tcp"),
    ]);

    private static readonly FormSchema<PortSettings> Port = new("port", text: new ConvertSchema<PortWish, PortSettings>(Scalars.HostPort, choice => new PortSettings { Host = choice }), table: PortTable);

    private static readonly ObjectSchema<HostSettings> Host = new("table of host mode", new HostSettings(), [
        SchemaKey<HostSettings>.Of("command", CommonSchemas.Command, (host, command) => host with { Command = command }, "The program and its arguments.", "the catalog's"),
        SchemaKey<HostSettings>.Of("working_dir", Scalars.Path, (host, path) => host with { WorkingDirectory = path }, "The folder to run it in.", "the folder of this file"),
        SchemaKey<HostSettings>.Of("environment", CommonSchemas.Environment, (host, variables) => host with { Environment = variables }, "Environment variables on top of the service's.", "none"),
        SchemaKey<HostSettings>.Of("ready", ProbeSchema.List, (host, probes) => host with { Ready = probes }, "Probes that must pass.", "those of the service"),
    ]);

    private static readonly ObjectSchema<ServiceSettings> Table = new("service", new ServiceSettings(), [
        SchemaKey<ServiceSettings>.Of("enabled", Scalars.Boolean, (to, yes) => to with { Enabled = yes }, "Whether it is started when no service is named.", value: "true"),
        SchemaKey<ServiceSettings>.Of("mode", Scalars.Choice<ServiceMode>(), (to, mode) => to with { Mode = mode }, "How to run it.", "defaults.mode"),
        SchemaKey<ServiceSettings>.Of("instance", Scalars.Instance, (to, name) => to with { Instance = name }, "Its instance.", "defaults.instance"),
        SchemaKey<ServiceSettings>.Of("image", Scalars.Image, (to, image) => to with { Image = image }, "Its image.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("tag", Scalars.Tag, (to, tag) => to with { Tag = tag }, "Another tag of its image.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("variant", Scalars.Choice<ImageVariant>(), (to, variant) => to with { Variant = variant }, "The variant of its image, where the catalog knows one.", "defaults.variant"),
        SchemaKey<ServiceSettings>.Of("build", new FormSchema<BuildSettings>("build", text: new ConvertSchema<string, BuildSettings>(Scalars.Path, path => new BuildSettings { Context = path }), table: BuildTable), (to, build) => to with { Build = build }, "How its image is built: a folder, or a table."),
        SchemaKey<ServiceSettings>.Of("port", Scalars.HostPort, (to, port) => to with { Port = port }, "The host port of a service that has one port: a number, a range such as 3000-4000, or auto.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("ports", PortsOf(), (to, ports) => to with { Ports = ports.Table, Port = ports.Single ?? to.Port }, "Host ports by name; for a service of your own also the ports inside.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("bind", Scalars.Address, (to, address) => to with { Bind = address }, "The address that its ports are published on.", "defaults.bind"),
        SchemaKey<ServiceSettings>.Of("volumes", new MapSchema<string>("table of volumes", Scalars.ContainerPath), (to, volumes) => to with { Volumes = volumes }, "Paths in the container by source: a path is a folder of this machine, a word a named volume.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("data", Scalars.Choice<DataPlace>(), (to, data) => to with { Data = data }, "Where it keeps its data.", "defaults.data"),
        SchemaKey<ServiceSettings>.Of("environment", CommonSchemas.Environment, (to, variables) => to with { Environment = variables }, "Environment variables; ${service.property} stands for something of another service.", "none"),
        SchemaKey<ServiceSettings>.Of("command", CommonSchemas.Command, (to, command) => to with { Command = command }, "The command in the container and its arguments.", "the image's"),
        SchemaKey<ServiceSettings>.Of("working_dir", Scalars.ContainerPath, (to, path) => to with { WorkingDirectory = path }, "The folder in the container to run it in.", "the image's"),
        SchemaKey<ServiceSettings>.Of("network", Scalars.Choice<NetworkKind>(), (to, network) => to with { Network = network }, "What its container is connected to; bridge is the network of the environment.", value: "bridge"),
        SchemaKey<ServiceSettings>.Of("depends_on", new ListSchema<string>("names", Scalars.Name, takesOne: true), (to, names) => to with { DependsOn = names }, "The services that must be usable before it is started.", "those that it refers to"),
        SchemaKey<ServiceSettings>.Of("config", Scalars.Path, (to, path) => to with { ConfigFile = path }, "The configuration file of the emulator itself.", "made from init"),
        SchemaKey<ServiceSettings>.Of("init", InitSchema.Table, (to, init) => to with { Init = init }, "What is made in it once, when its data is fresh."),
        SchemaKey<ServiceSettings>.Of("ready", ProbeSchema.List, (to, probes) => to with { Ready = probes }, "Probes that must pass before it counts as usable.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("host", Host, (to, host) => to with { Host = host }, "How it runs without Docker.", "the catalog's"),
        SchemaKey<ServiceSettings>.Of("accept_eula", Scalars.Boolean, (to, yes) => to with { AcceptEula = yes }, "Whether its licence is accepted.", value: "false"),
        SchemaKey<ServiceSettings>.Of("lifetime", Scalars.Choice<ServiceLifetime>(), (to, lifetime) => to with { Lifetime = lifetime }, "Whether it ends with the PowerShell session that started it.", "defaults.lifetime"),
        SchemaKey<ServiceSettings>.Of("ttl", Scalars.Life, (to, time) => to with { TimeToLive = time }, "How long it may live.", "defaults.ttl"),
        SchemaKey<ServiceSettings>.Of(
            "init_process",
            Scalars.Boolean,
            (to, yes) => to with { InitProcess = yes },
            "Whether the container engine's own init is the first process, which passes signals on, so that a program that knows none ends at once.",
            "true for services of your own, else false"),
        SchemaKey<ServiceSettings>.Of("restart", Scalars.Choice<RestartRule>(), (to, rule) => to with { Restart = rule }, "When the container engine starts it again by itself.", value: "no"),
        SchemaKey<ServiceSettings>.Of("timeouts", CommonSchemas.Timeouts, (to, timeouts) => to with { Timeouts = timeouts }, "How long things may take.", "defaults.timeouts"),
        .. CommonSchemas.Limits<ServiceSettings>((to, change) => to with { Resources = change(to.Resources) }),
        SchemaKey<ServiceSettings>.Of("security", CommonSchemas.Security, (to, security) => to with { Security = security }, "What its container may do.", "defaults.security"),
    ]);

    /// <summary>A service: a table, a switch, or nothing.</summary>
    public static readonly FormSchema<ServiceSettings> Service = new(
        "service",
        text: new ConvertSchema<bool, ServiceSettings>(Scalars.Boolean, yes => new ServiceSettings { Enabled = yes }),
        table: Table,
        nothing: () => new ServiceSettings());

    // A number alone is the port of a service that has one.
    private static FormSchema<(PortWish? Single, IReadOnlyDictionary<string, PortSettings> Table)> PortsOf() => new(
        "table of ports",
        text: new ConvertSchema<PortWish, (PortWish? Single, IReadOnlyDictionary<string, PortSettings> Table)>(Scalars.HostPort, port => (port, new Dictionary<string, PortSettings>())),
        table: new ConvertSchema<IReadOnlyDictionary<string, PortSettings>, (PortWish? Single, IReadOnlyDictionary<string, PortSettings> Table)>(new MapSchema<PortSettings>("table of ports", Port), table => (null, table)));
}
