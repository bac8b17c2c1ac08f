using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Lets nothing start whose licence nobody has accepted. Pure.</summary>
internal static class LicenseCheck
{
    private const string Variable = "LOCALZURE_ACCEPT_EULA";

    /// <summary>Checks all services of a call, what they need included. What exists already was accepted when it was made.</summary>
    /// <param name="desired">The services.</param>
    /// <param name="environment">Where LOCALZURE_ACCEPT_EULA is read.</param>
    /// <param name="observed">What there is.</param>
    /// <exception cref="LocalZureException">EulaNotAccepted, naming every licence with its link; ParameterInvalid for a variable that says neither yes nor no.</exception>
    public static void Check(IReadOnlyList<DesiredService> desired, EnvironmentSnapshot environment, ObservedState observed)
    {
        var open = desired.Where(service => service.Definition.License is not null && !service.AcceptsLicense && !IsThere(service.Key, observed) && !IsAcceptedByVariable(service)).ToList();
        if (open.Count == 0 || IsAccepted(environment[Variable]))
        {
            return;
        }

        var licenses = open.Select(service => service.Definition.License!).Distinct().Select(license => $"{license.Name} ({license.Link})");
        var names = open.Select(service => service.Key.ToString());
        throw new LocalZureException(
            ErrorCode.EulaNotAccepted,
            $"{string.Join(" and ", names)} {(open.Count == 1 ? "asks" : "ask")} for a licence that was not accepted: {string.Join(" and ", licenses)}.")
        { Service = open[0].Key.Name, Instance = open[0].Key.Instance };
    }

    private static bool IsThere(ServiceKey key, ObservedState observed) =>
        ModeSelector.IsInContainer(key, observed) || observed.HostProcesses.Any(process => process.Key == key);

    // -Environment @{ ACCEPT_EULA = 'Y' } is as clear.
    private static bool IsAcceptedByVariable(DesiredService service) =>
        service.Definition.License is { } license && service.UserVariables.Contains(license.Variable) && service.Environment[license.Variable] == license.Value;

    private static bool IsAccepted(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "1" or "on" => true,
        null or "" or "false" or "no" or "n" or "0" or "off" => false,
        _ => throw new LocalZureException(ErrorCode.ParameterInvalid, $"{Variable} is '{text}', which says neither yes nor no.", "Set it to true or false."),
    };
}
