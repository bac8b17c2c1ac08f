using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>How long something that exists lives.</summary>
/// <param name="Lifetime">Until it is stopped, or as long as its owner.</param>
/// <param name="Owner">The process that started it, as in the label; null when it does not say.</param>
/// <param name="ExpiresAt">When its time to live ends; null for never.</param>
internal sealed record ExistingLife(ServiceLifetime Lifetime, string? Owner, DateTimeOffset? ExpiresAt)
{
    /// <summary>How long a container lives.</summary>
    public static ExistingLife Of(IReadOnlyDictionary<string, string> labels) =>
        new(ContainerLabels.LifetimeOf(labels), labels.GetValueOrDefault(Labels.Owner), ContainerLabels.ExpiresAt(labels));

    /// <summary>How long a host process lives.</summary>
    public static ExistingLife Of(HostProcessEntry entry) => new(entry.Lifetime, entry.Owner, entry.ExpiresAt);

    /// <summary>Whether it ends with this process.</summary>
    public bool IsOfThisSession => Lifetime == ServiceLifetime.Session && Owner == OwnerIdentity.Current.ToString();
}
