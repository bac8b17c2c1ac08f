using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Checks;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>Turns a configuration into services that can be started: what the catalog says with what is written on top.</summary>
internal sealed class ProjectReader
{
    private readonly LoadedConfiguration _loaded;
    private readonly Func<string, ServiceDefinition?> _find;
    private readonly Dictionary<string, ConfiguredService?> _read = new(StringComparer.Ordinal);

    /// <summary>Creates one.</summary>
    /// <param name="loaded">The configuration, without errors.</param>
    /// <param name="find">Finds a definition of the catalog by its name; null when there is none.</param>
    public ProjectReader(LoadedConfiguration loaded, Func<string, ServiceDefinition?> find)
    {
        _loaded = loaded;
        _find = find;
    }

    private IReadOnlyDictionary<string, ServiceSettings> Services => _loaded.Settings.Services;

    private DefaultSettings Defaults => _loaded.Settings.Defaults;

    /// <summary>The project.</summary>
    public ServiceProject Read() => new(Find, Services.Where(pair => pair.Value.Enabled ?? true).Select(pair => pair.Key).ToList())
    {
        OwnNames = Services.Keys.Where(name => _find(name) is null).ToList(),
    };

    private ConfiguredService? Find(string name)
    {
        if (!_read.TryGetValue(name, out var service))
        {
            service = Configure(name);
            _read[name] = service;
        }

        return service;
    }

    private ConfiguredService? Configure(string name)
    {
        var settings = Services.GetValueOrDefault(name) ?? new ServiceSettings();
        var known = _find(name) ?? (settings.IsOwn ? OwnDefinition.Of(name, settings) : null);
        return known is null ? null : Configure(name, settings, known);
    }

    private ConfiguredService Configure(string name, ServiceSettings settings, ServiceDefinition known)
    {
        var inherited = new Inheritance(_loaded, name);
        var template = new ReferenceTemplate(name, known.Ports.Select(port => port.Name).ToList(), other => Services.ContainsKey(other) || _find(other) is not null);
        var definition = Overlaid(known, name, settings, inherited, template);
        return new ConfiguredService(definition)
        {
            IsWritten = Services.ContainsKey(name),
            Project = Services.ContainsKey(name) ? _loaded.ProjectName : null,
            Instance = inherited.Pick("instance", settings.Instance, Defaults.Instance),
            Mode = inherited.ModeOf(settings, isKnown: !known.IsOwn),
            Build = settings.Image is null ? BuildOf(name, settings, inherited) : null,
            ImageCleanup = Defaults.ImageCleanup ?? ImageCleanup.Never,
            ImageOrigin = definition.Image == known.AlpineImage ? OriginOfVariant(name) : null,
            ConnectLimit = inherited.PickWritten("timeouts.connect", settings.Timeouts.Connect, Defaults.Timeouts.Connect),
            PullLimit = inherited.Pick("timeouts.pull", settings.Timeouts.Pull, Defaults.Timeouts.Pull) ?? TimeSpan.FromMinutes(10),
            Ports = PortsOf(name, settings, definition),
            PortRange = _loaded.PlaceOf("defaults.port_range").Source.IsFile ? Defaults.PortRange : null,
            Bind = inherited.Pick("bind", settings.Bind, Defaults.Bind) ?? HostAddress.Loopback,
            Environment = settings.Environment.ToDictionary(pair => pair.Key, pair => template.Of(pair.Value), StringComparer.Ordinal),
            Mounts = settings.Volumes.Select(pair => MountOf(name, pair.Key, pair.Value)).ToList(),
            IsInMemory = inherited.Pick("data", settings.Data, Defaults.Data) == DataPlace.Memory,
            MemoryBytes = MemoryOf(inherited.Pick("memory", settings.Resources.MemoryBytes, Defaults.Resources.MemoryBytes, "resources"), name, definition),
            Init = InitOf(name, settings, template),
            Cpus = inherited.Pick("cpus", settings.Resources.Cpus, Defaults.Resources.Cpus, "resources"),
            Container = ContainerOf(settings, inherited, definition),
            Lifetime = inherited.PickWritten("lifetime", settings.Lifetime, Defaults.Lifetime),
            IsForTest = settings.Lifetime is null && _loaded.PlaceOf("defaults.lifetime").Source.Kind == SourceKind.NearProfile,
            TimeToLive = inherited.Pick("ttl", settings.TimeToLive, Defaults.TimeToLive),
            AcceptsLicense = settings.AcceptEula ?? false,
        };
    }

    private ServiceDefinition Overlaid(ServiceDefinition known, string name, ServiceSettings settings, Inheritance inherited, ReferenceTemplate template)
    {
        var files = FilesOf(known, name, settings);
        var probed = known with { Files = files, Host = known.Host is { Files: not null } host && settings.ConfigFile is not null ? host with { Files = files } : known.Host, Probes = OwnDefinition.ProbesOf(settings.Ready, known.Ports, known.Probes) };
        var texts = ReferencingTexts.Of(name, settings).Select(pair => pair.Text);
        return probed with
        {
            Image = ImageOf(known, settings, inherited),
            ConnectionStrings = DatabaseStrings.Of(known, settings),
            Command = settings.Command?.Select(template.Of).ToList() ?? known.Command,
            StartTimeout = inherited.Pick("timeouts.start", settings.Timeouts.Start, Defaults.Timeouts.Start) ?? known.StartTimeout,
            StopGrace = inherited.Pick("timeouts.stop", settings.Timeouts.Stop, Defaults.Timeouts.Stop) ?? known.StopGrace,
            DependsOn = known.DependsOn.Concat(settings.DependsOn).Concat(template.ServicesIn(texts)).Distinct(StringComparer.Ordinal).ToList(),
            Host = OwnDefinition.HostOf(settings, probed, template, folder => _loaded.FullPath(folder ?? ".", KeyPath.Child(KeyPath.Service(name, "host"), "working_dir"))) ?? probed.Host,
        };
    }

    private ImageBuild? BuildOf(string name, ServiceSettings settings, Inheritance inherited) => settings.Build is not { } build ? null : new ImageBuild
    {
        Service = name,
        Project = _loaded.ProjectName,
        Subject = name,
        Context = _loaded.FullPath(build.Context, KeyPath.Service(name, "build")),
        Dockerfile = build.Dockerfile,
        Target = build.Target,
        Arguments = build.Arguments,
        Always = build.Cache == BuildCache.None,
        Limit = inherited.Pick("timeouts.build", settings.Timeouts.Build, Defaults.Timeouts.Build) ?? TimeSpan.FromMinutes(10),
    };

    private InitContent? InitOf(string name, ServiceSettings settings, ReferenceTemplate template) =>
        settings.Init.IsEmpty ? null : InitReader.Read(_loaded, name, settings.Init, template);

    // A file of the user's goes before what would be made of its init, and is taken as it is.
    private IReadOnlyList<FileDefinition> FilesOf(ServiceDefinition known, string name, ServiceSettings settings)
    {
        if (settings.ConfigFile is not { } file)
        {
            return MessagingConfig.FilesOf(known, settings.Init);
        }

        var path = _loaded.FullPath(file, KeyPath.Service(name, "config"));
        try
        {
            return [known.Files[0] with { Content = Template.Escape(File.ReadAllText(path)) }, .. known.Files.Skip(1)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalZureException(ErrorCode.ConfigInvalid, $"The configuration file '{path}' of {name} cannot be read: {e.Message}", "Check that it is there and that this user may read it.", e);
        }
    }

    private string ImageOf(ServiceDefinition known, ServiceSettings settings, Inheritance inherited) =>
        settings.Image is { } image ? (settings.Tag is { } other ? ImageNameRule.WithTag(image, other) : image)
        : settings.Tag is { } tag ? ImageNameRule.WithTag(known.Image, tag)
        : inherited.Pick("variant", settings.Variant, Defaults.Variant) == ImageVariant.Alpine ? known.AlpineImage ?? known.Image
        : known.Image;

    private string? OriginOfVariant(string name) =>
        _loaded.Nearer(KeyPath.Service(name, "variant"), "defaults.variant") is { } key && _loaded.PlaceOf(key) is { Source.Kind: SourceKind.Profile or SourceKind.NearProfile } place ? place.Origin : null;

    private ContainerSettings ContainerOf(ServiceSettings settings, Inheritance inherited, ServiceDefinition definition) => new()
    {
        WorkingDirectory = settings.WorkingDirectory,
        Pids = inherited.Pick("pids", settings.Resources.Pids, Defaults.Resources.Pids, "resources"),
        NoNewPrivileges = settings.Security.NoNewPrivileges ?? Defaults.Security.NoNewPrivileges ?? true,
        IsReadOnly = settings.Security.ReadOnly ?? Defaults.Security.ReadOnly ?? false,
        DroppedCapabilities = settings.Security.CapDrop ?? Defaults.Security.CapDrop ?? [],
        HasInitProcess = settings.InitProcess ?? definition.HasInitProcess,
        Restart = settings.Restart ?? default,
        Network = settings.Network ?? default,
    };

    // A profile's limit is for services that have none of their own; one that needs more gets what it needs.
    private long? MemoryOf(long? limit, string name, ServiceDefinition definition) =>
        limit < definition.MinimumMemoryBytes && _loaded.PlaceOf(_loaded.Nearer(KeyPath.Service(name, "memory"), "defaults.resources.memory")!).Source.Kind is SourceKind.Profile or SourceKind.NearProfile
            ? definition.MinimumMemoryBytes
            : limit;

    // Free ports are taken where the wish for them comes from nearer than that for a certain one.
    private Dictionary<string, PortWish> PortsOf(string name, ServiceSettings settings, ServiceDefinition definition)
    {
        var wishes = new Dictionary<string, PortWish>(StringComparer.Ordinal);
        foreach (var port in definition.Ports)
        {
            var named = KeyPath.Child(KeyPath.Service(name, "ports"), port.Name);
            var written = new[] { named, KeyPath.Child(named, "host"), KeyPath.Service(name, "port"), KeyPath.Service(name, "ports") }.FirstOrDefault(_loaded.Values.ContainsKey);
            if (Defaults.Ports == DefaultPorts.Auto && (written is null || _loaded.Nearer(written, "defaults.ports") != written))
            {
                wishes[port.Name] = PortWish.Any;
            }
            else if ((settings.Ports.GetValueOrDefault(port.Name)?.Host ?? settings.Port) is { } wish)
            {
                wishes[port.Name] = wish;
            }
        }

        return wishes;
    }

    private DesiredMount MountOf(string name, string source, string target) => MountWish.Parse(
        PathChecks.IsPath(source) ? _loaded.FullPath(source, KeyPath.Child(KeyPath.Service(name, "volumes"), source)) : source,
        target);
}
