using LocalZure.Engine.Catalog;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Turns a request into desired services and checks every value before anything is called. Pure.</summary>
internal static class DesiredServiceBuilder
{
    private static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(3650);

    /// <summary>A timer takes 49 days at most.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(30);

    /// <summary>The desired services of a request, each once, with what they need before them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="defaultInstance">The instance when the request names none; null for the unnamed one.</param>
    /// <param name="find">Finds a definition by its name; null when there is none.</param>
    /// <exception cref="LocalZureException">ServiceUnknown, DependencyCycle, NameInvalid, PortInvalid or ParameterInvalid.</exception>
    public static IReadOnlyList<DesiredService> Build(StartRequest request, string? defaultInstance, Func<string, ServiceDefinition?> find) =>
        Build(request, ServiceProject.Of(find, InstanceOf(defaultInstance)));

    /// <summary>The same for the services of a project.</summary>
    /// <param name="request">The request; without names it means all that the project enables.</param>
    /// <param name="project">The services that it can name.</param>
    /// <exception cref="LocalZureException">ServiceUnknown, DependencyCycle, NameInvalid, PortInvalid, ParameterInvalid or ConfigInvalid.</exception>
    public static IReadOnlyList<DesiredService> Build(StartRequest request, ServiceProject project)
    {
        CheckLimits(request);
        var named = NamesOf(request, project).Select(name => project.Find(name) ?? throw ServiceCatalog.Unknown(name, project.OwnNames)).ToList();
        var definitions = named.ConvertAll(service => service.Definition);
        PortWishes.CheckNames(request.Ports, definitions);
        definitions.ForEach(definition => CheckMemory(request, definition));
        var mounts = request.Volumes.Select(pair => MountWish.Parse(pair.Key, pair.Value)).ToList();
        var all = request.NoDependency ? definitions : DependencyGraph.Resolve(definitions, name => project.Find(name)?.Definition);
        var desired = all.Select(definition => Build(request, project.Find(definition.Name)!, definitions.Exists(other => other.Name == definition.Name), mounts)).ToList();
        CheckInstances(desired);
        return desired;
    }

    private static IReadOnlyList<string> NamesOf(StartRequest request, ServiceProject project)
    {
        var names = request.Names.Count > 0 ? request.Names.Distinct(StringComparer.Ordinal).ToList() : project.Enabled;
        Check(names.Count > 0, "No service was named.", "Name one, or describe the project's services in localzure.yml (New-LzConfiguration writes one to start from).");
        return names;
    }

    private static DesiredService Build(StartRequest request, ConfiguredService service, bool isRequested, List<DesiredMount> mounts)
    {
        var key = new ServiceKey(service.Definition.Name, InstanceOf(request.Instance ?? service.Instance));
        return isRequested ? Build(request, service, key, mounts) : Needed(request, service, key);
    }

    // They have networks of their own, and would not see each other.
    private static void CheckInstances(List<DesiredService> services)
    {
        foreach (var service in services)
        {
            var apart = services.Find(other => service.Definition.DependsOn.Contains(other.Key.Name) && other.Key.Instance != service.Key.Instance);
            if (apart is not null)
            {
                throw new LocalZureException(ErrorCode.ConfigInvalid, $"{service.Key} needs {apart.Key}, which is in another instance, where it cannot be reached.", "Give both the same instance.")
                { Service = service.Key.Name, Instance = service.Key.Instance };
            }
        }
    }

    /// <summary>The instance that a text names: null and empty are the unnamed one.</summary>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public static string? InstanceOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        NameRule.Check("instance", text);
        return text;
    }

    private static DesiredService Build(StartRequest request, ConfiguredService service, ServiceKey key, List<DesiredMount> mounts)
    {
        var desired = Apply(request, service, key, mounts);
        return HasOwnSettings(request, service.Definition) ? desired with { AsDefined = Apply(new StartRequest { Names = request.Names }, service, key, []) } : desired;
    }

    // How long it lives and may take is said for the whole; all else is said for the services that are named.
    private static DesiredService Needed(StartRequest request, ConfiguredService service, ServiceKey key) =>
        Apply(new StartRequest { Names = request.Names, Mode = request.Mode, Lifetime = request.Lifetime, TimeToLive = request.TimeToLive, Timeout = request.Timeout, AcceptEula = request.AcceptEula }, service, key, []) with { IsRequested = false };

    // Of the wishes for ports those that are for this service.
    private static bool HasOwnSettings(StartRequest request, ServiceDefinition definition) =>
        request.Image is not null || request.MemoryBytes is not null || request.Cpus is not null || request.Environment.Count > 0 || request.Volumes.Count > 0
        || request.Ports.Keys.Any(name => name.Length == 0 || definition.Ports.Any(port => port.Name == name));

    private static DesiredService Apply(StartRequest request, ConfiguredService service, ServiceKey key, List<DesiredMount> wished)
    {
        var definition = service.Definition;
        List<DesiredMount> mounts = [.. service.Mounts.Where(mount => wished.TrueForAll(other => other.Target != mount.Target)), .. wished];
        return new()
        {
            Key = key,
            Definition = definition,
            Image = request.Image ?? definition.Image,
            Build = request.Image is null && service.Build is { } build ? build with { Subject = key.ContainerName } : null,
            ImageCleanup = service.ImageCleanup,
            ImageOrigin = request.Image is null ? service.ImageOrigin : null,
            ConnectLimit = service.ConnectLimit,
            PullLimit = service.PullLimit,
            Ports = definition.Ports.Select(port => PortWishes.Apply(Merged(service.Ports, request.Ports), port, service.Bind, service.PortRange)).ToList(),
            Environment = Merged(Merged(EnvironmentOf(definition), service.Environment), request.Environment.ToDictionary(pair => pair.Key, pair => Template.Escape(pair.Value), StringComparer.Ordinal)),
            UserVariables = request.Environment.Keys.Concat(service.Environment.Keys).ToHashSet(StringComparer.Ordinal),
            Files = definition.Files.Where(file => mounts.TrueForAll(mount => !Covers(mount.Target, file.Path))).ToList(),
            Mounts =
            [
                .. definition.Volumes.Where(volume => mounts.TrueForAll(mount => mount.Target != volume.Target)).Select(volume => new DesiredMount(volume.Name, null, volume.Target, service.IsInMemory)),
                .. mounts.Select(mount => mount with { IsInMemory = service.IsInMemory && mount.BindSource is null }),
            ],
            MemoryBytes = request.MemoryBytes ?? service.MemoryBytes,
            Cpus = request.Cpus ?? service.Cpus,
            Container = service.Container,
            Mode = request.Mode ?? service.Mode,
            Project = service.Project,
            AcceptsLicense = request.AcceptEula || service.AcceptsLicense,
            Init = service.Init,
            Lifetime = request.Lifetime ?? service.Lifetime,
            IsForTest = request.Lifetime is null && service.IsForTest,
            TimeToLive = request.TimeToLive ?? service.TimeToLive,
            StartTimeout = request.Timeout ?? definition.StartTimeout,
            ContainerOnly = ContainerOnly(request, service),
        };
    }

    private static List<string> ContainerOnly(StartRequest request, ConfiguredService service)
    {
        List<string> wishes = [];
        if (request.Image is not null)
        {
            wishes.Add("the image");
        }

        if (request.MemoryBytes is not null)
        {
            wishes.Add("the memory limit");
        }

        if (request.Cpus is not null)
        {
            wishes.Add("the CPU limit");
        }

        if (service.IsInMemory && service.Definition.Host is not { IsCommand: true })
        {
            wishes.Add("data in memory");
        }

        return wishes;
    }

    private static void CheckLimits(StartRequest request)
    {
        if (request.Image is { } image)
        {
            ImageNameRule.Check(image);
        }

        // 6 MiB is the least the Docker daemon takes.
        Check(request.MemoryBytes is null or >= 6 << 20, $"A memory limit of {request.MemoryBytes} bytes is too small; 6 MiB is the least.");
        Check(request.Cpus is null or >= 0.01, $"A CPU limit of {request.Cpus} is too small; 0.01 is the least.");
        Check(request.TimeToLive is null || request.TimeToLive > TimeSpan.Zero, "The time to live must be longer than nothing.");
        Check(request.Timeout is null || request.Timeout > TimeSpan.Zero, "The time-out must be longer than nothing.");
        Check(!(request.TimeToLive > LongestTimeToLive), "The time to live is too long.", $"Use {LongestTimeToLive.TotalDays} days at most.");
        Check(!(request.Timeout > LongestTimeout), "The time-out is too long.", $"Use {LongestTimeout.TotalDays} days at most.");
        foreach (var (name, value) in request.Environment)
        {
            Check(!value.Contains('\0', StringComparison.Ordinal), $"The value of the environment variable '{name}' holds a null character.");
            Check(name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Any(char.IsControl), $"'{SecretSanitizer.Sanitize(Shown(name))}' is not a valid name of an environment variable.");
        }
    }

    private static void CheckMemory(StartRequest request, ServiceDefinition definition) => Check(
        request.MemoryBytes is null || definition.MinimumMemoryBytes is null || request.MemoryBytes >= definition.MinimumMemoryBytes,
        $"A memory limit of {(request.MemoryBytes ?? 0) >> 20} MiB is too small for {definition.Name}, which needs {(definition.MinimumMemoryBytes ?? 0) >> 20} MiB.");

    private static string Shown(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static void Check(bool good, string message, string? remedy = null)
    {
        if (!good)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, message, remedy);
        }
    }

    // What the user mounts there is the user's: a copy into the container would change it.
    private static bool Covers(string target, string path) => path == target || path.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal);

    // A licence that is not accepted ends the start before it comes to this.
    private static Dictionary<string, string> EnvironmentOf(ServiceDefinition definition)
    {
        var environment = new Dictionary<string, string>(definition.Environment, StringComparer.Ordinal);
        foreach (var secret in definition.Secrets)
        {
            environment[secret.Variable] = $"{{secret.{secret.Name}}}";
        }

        if (definition.License is { } license)
        {
            environment[license.Variable] = license.Value;
        }

        return environment;
    }

    // What is wished goes before: a wish for all ports before one for a certain port too.
    private static Dictionary<string, T> Merged<T>(IReadOnlyDictionary<string, T> own, IReadOnlyDictionary<string, T> wished)
    {
        var merged = wished.ContainsKey("") ? new Dictionary<string, T>(StringComparer.Ordinal) : new Dictionary<string, T>(own, StringComparer.Ordinal);
        foreach (var (name, value) in wished)
        {
            merged[name] = value;
        }

        return merged;
    }
}
