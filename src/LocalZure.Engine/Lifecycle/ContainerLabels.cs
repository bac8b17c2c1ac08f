using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Secrets;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Writes and reads the labels of what is ours.</summary>
internal static class ContainerLabels
{
    /// <summary>The labels of a container.</summary>
    public static Dictionary<string, string> ForContainer(DesiredService service, StartOperation operation)
    {
        var labels = ForOperation(service.Key.Instance, operation);
        labels[Labels.Service] = service.Key.Name;
        labels[Labels.ConfigHash] = service.ConfigHash;
        labels[Labels.DefinitionHash] = service.DefinitionHash;
        labels[Labels.Owner] = service.OwnerOf(operation);
        labels[Labels.Lifetime] = service.WholeLifetime.ToString();
        if (service.EndOf(operation) is { } end)
        {
            labels[Labels.Expires] = end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        }

        if (service.Project is { } project)
        {
            labels[Labels.Project] = project;
        }

        if (DefinitionNote.Write(service.Definition) is { } definition)
        {
            labels[Labels.Definition] = definition;
        }

        if (service.SecretId is { } secretId)
        {
            labels[Labels.SecretId] = secretId;
        }

        if (service.OwnSecrets.Length > 0)
        {
            labels[Labels.OwnSecrets] = service.OwnSecrets;
        }

        if (service is { Build: not null, ImageCleanup: ImageCleanup.Always })
        {
            labels[Labels.RemovesImage] = Labels.ManagedValue;
        }

        if (service.Files.Count > 0)
        {
            labels[Labels.Files] = string.Join('\n', service.Files.Select(file => file.Path));
        }

        return labels;
    }

    /// <summary>Where the secrets of a container come from.</summary>
    public static SecretOrigin SecretsOf(IReadOnlyDictionary<string, string> labels) =>
        new(Labels.ValueOf(labels, Labels.SecretId), Labels.ValueOf(labels, Labels.OwnSecrets) ?? "");

    /// <summary>The paths of the files that were copied into a container.</summary>
    public static IReadOnlyList<string> FilesOf(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault(Labels.Files)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The labels of a volume.</summary>
    public static Dictionary<string, string> ForVolume(ServiceKey key, string volume, StartOperation operation)
    {
        var labels = ForOperation(key.Instance, operation);
        labels[Labels.Service] = key.Name;
        labels[Labels.Volume] = volume;
        return labels;
    }

    /// <summary>The labels of a network.</summary>
    public static Dictionary<string, string> ForNetwork(string? instance, StartOperation operation) => ForOperation(instance, operation);

    /// <summary>Which service labels belong to; null when they do not say, or say what cannot be a name: anybody may write labels.</summary>
    public static ServiceKey? KeyOf(IReadOnlyDictionary<string, string> labels) =>
        Labels.ValueOf(labels, Labels.Service) is { } service && PlainName.Allows(service) && HasInstance(labels, out var instance)
            ? new ServiceKey(service, instance)
            : null;

    /// <summary>Whether labels name an instance that can be one.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="instance">The instance; null for the unnamed one, and when it cannot be one.</param>
    public static bool HasInstance(IReadOnlyDictionary<string, string> labels, out string? instance)
    {
        instance = Labels.ValueOf(labels, Labels.Instance);
        if (instance is null || PlainName.Allows(instance))
        {
            return true;
        }

        instance = null;
        return false;
    }

    /// <summary>The instance of what is ours; null for the unnamed one.</summary>
    public static string? InstanceOf(IReadOnlyDictionary<string, string> labels) => HasInstance(labels, out var instance) ? instance : null;

    /// <summary>When the time to live ends; null without one or when it cannot be read.</summary>
    public static DateTimeOffset? ExpiresAt(IReadOnlyDictionary<string, string> labels) =>
        DateTimeOffset.TryParse(labels.GetValueOrDefault(Labels.Expires), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires) ? expires : null;

    /// <summary>The lifetime.</summary>
    public static ServiceLifetime LifetimeOf(IReadOnlyDictionary<string, string> labels) =>
        Enum.TryParse<ServiceLifetime>(labels.GetValueOrDefault(Labels.Lifetime), out var lifetime) && Enum.IsDefined(lifetime) ? lifetime : ServiceLifetime.Persistent;

    /// <summary>Whether it goes when nobody uses its environment any more.</summary>
    public static bool AreEphemeral(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault(Labels.Ephemeral) == "true";

    /// <summary>Whether it goes with the users of an environment of a LocalZure home. What earlier versions have made does not tell the home.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="home">The home's id; null when it has none yet.</param>
    public static bool AreEphemeralOf(IReadOnlyDictionary<string, string> labels, string? home) =>
        AreEphemeral(labels) && (Labels.ValueOf(labels, Labels.Home) is not { } other || other == home);

    private static Dictionary<string, string> ForOperation(string? instance, StartOperation operation)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Labels.Managed] = Labels.ManagedValue,
            [Labels.Owner] = operation.Owner,
            [Labels.Operation] = operation.Id,
            [Labels.Version] = ModuleVersion.Text,
        };
        if (instance is not null)
        {
            labels[Labels.Instance] = instance;
        }

        if (operation.EphemeralOf is { } home)
        {
            labels[Labels.Ephemeral] = "true";
            labels[Labels.Home] = home;
        }

        return labels;
    }
}
