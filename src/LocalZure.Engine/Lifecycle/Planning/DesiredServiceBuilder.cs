using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
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
    public static IReadOnlyList<DesiredService> Build(StartRequest request, string? defaultInstance, Func<string, ServiceDefinition?> find)
    {
        var instance = InstanceOf(request.Instance ?? defaultInstance);
        CheckLimits(request);
        var definitions = request.Names.Distinct(StringComparer.Ordinal).Select(name => find(name) ?? throw ServiceCatalog.Unknown(name)).ToList();
        PortWishes.CheckNames(request.Ports, definitions);
        definitions.ForEach(definition => CheckMemory(request, definition));
        var mounts = request.Volumes.Select(pair => MountWish.Parse(pair.Key, pair.Value)).ToList();
        var all = request.NoDependency ? definitions : DependencyGraph.Resolve(definitions, find);
        return all.Select(definition => definitions.Contains(definition)
            ? Build(request, definition, new ServiceKey(definition.Name, instance), mounts)
            : Needed(request, definition, new ServiceKey(definition.Name, instance))).ToList();
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

    private static DesiredService Build(StartRequest request, ServiceDefinition definition, ServiceKey key, List<DesiredMount> mounts)
    {
        var desired = Apply(request, definition, key, mounts);
        var defined = Apply(new StartRequest { Names = request.Names }, definition, key, []);
        return HasOwnSettings(request, definition) ? desired with { AsDefined = defined } : desired;
    }

    // How long it lives and may take is said for the whole; all else is said for the services that are named.
    private static DesiredService Needed(StartRequest request, ServiceDefinition definition, ServiceKey key) =>
        Apply(new StartRequest { Names = request.Names, Lifetime = request.Lifetime, TimeToLive = request.TimeToLive, Timeout = request.Timeout }, definition, key, []) with { IsRequested = false };

    // Of the wishes for ports those that are for this service.
    private static bool HasOwnSettings(StartRequest request, ServiceDefinition definition) =>
        request.Image is not null || request.MemoryBytes is not null || request.Cpus is not null || request.Environment.Count > 0 || request.Volumes.Count > 0
        || request.Ports.Keys.Any(name => name.Length == 0 || definition.Ports.Any(port => port.Name == name));

    private static DesiredService Apply(StartRequest request, ServiceDefinition definition, ServiceKey key, List<DesiredMount> mounts) => new()
    {
        Key = key,
        Definition = definition,
        Image = request.Image ?? definition.Image,
        Ports = definition.Ports.Select(port => PortWishes.Apply(request.Ports, port, HostAddress.Loopback)).ToList(),
        Environment = Merged(EnvironmentOf(definition), request.Environment),
        UserVariables = request.Environment.Keys.ToHashSet(StringComparer.Ordinal),
        Files = definition.Files.Where(file => mounts.TrueForAll(mount => !Covers(mount.Target, file.Path))).ToList(),
        Mounts =
        [
            .. definition.Volumes.Where(volume => mounts.TrueForAll(mount => mount.Target != volume.Target)).Select(volume => new DesiredMount(volume.Name, null, volume.Target)),
            .. mounts,
        ],
        MemoryBytes = request.MemoryBytes,
        Cpus = request.Cpus,
        Lifetime = request.Lifetime,
        TimeToLive = request.TimeToLive,
        StartTimeout = request.Timeout ?? definition.StartTimeout,
        ContainerOnly = ContainerOnly(request),
    };

    private static List<string> ContainerOnly(StartRequest request)
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

        return wishes;
    }

    private static void CheckLimits(StartRequest request)
    {
        Check(request.Names.Count > 0, "No service was named.");
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

    private static Dictionary<string, string> Merged(Dictionary<string, string> own, IReadOnlyDictionary<string, string> wished)
    {
        var merged = new Dictionary<string, string>(own, StringComparer.Ordinal);
        foreach (var (name, value) in wished)
        {
            merged[name] = value;
        }

        return merged;
    }
}
