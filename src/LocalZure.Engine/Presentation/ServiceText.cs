namespace LocalZure.Engine.Presentation;

/// <summary>How services are named in questions and messages.</summary>
public static class ServiceText
{
    /// <summary>For example <c>blob</c> or <c>blob (instance pr42)</c>.</summary>
    /// <param name="name">The service.</param>
    /// <param name="instance">The instance; null or empty for the unnamed one.</param>
    public static string Of(string name, string? instance) => string.IsNullOrEmpty(instance) ? name : $"{name} (instance {instance})";

    /// <summary>What it runs as, in words.</summary>
    /// <param name="service">The service.</param>
    public static string KindOf(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Mode == ServiceMode.Host ? "host process" : "container";
    }

    /// <summary>The question before a stop that takes data along.</summary>
    /// <param name="service">The service.</param>
    public static string LossOf(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return $"All data that {Of(service.Name, service.Instance)} keeps as a {KindOf(service)} will be lost.";
    }

    /// <summary>What a reset does, for the question before it.</summary>
    /// <param name="service">The service.</param>
    public static string ResetOf(Service service) => $"Remove all data of the {KindOf(service)} and start it again";

    /// <summary>Why nothing is done where a question would have to be asked and nobody can be.</summary>
    /// <param name="question">What has to be asked, as the subject of a sentence.</param>
    public static LocalZureException Unasked(string question) =>
        new(ErrorCode.ParameterInvalid, $"{question} has to be asked, which this session cannot.", "Use -Force.");

    /// <summary>What has to be asked before data goes, for <see cref="Unasked"/>.</summary>
    /// <param name="service">The service.</param>
    public static string RemovalOf(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return $"Whether all data of {Of(service.Name, service.Instance)} may be removed";
    }

    /// <summary>What has to be asked before a change, for <see cref="Unasked"/>.</summary>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">How.</param>
    public static string ChangeOf(string target, string action) => $"Whether to change {target} ({action})";
}
