using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Export;

/// <summary>
/// Puts the connection strings of services together. The same name with different values is one variable when the values are of the
/// same storage account and one can name the endpoints of both; else the first service has it.
/// </summary>
internal static class VariableCollector
{
    /// <summary>The variables in the order of the services, each name once whatever its case: settings files and Windows make no difference.</summary>
    /// <param name="services">The services.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when no environment can hold a variable.</exception>
    public static CollectedVariables Collect(IEnumerable<Service> services)
    {
        var variables = new List<EnvironmentVariable>();
        var warnings = new List<string>();
        foreach (var variable in services.SelectMany(Of))
        {
            Check(variable);
            var index = variables.FindIndex(other => string.Equals(other.Name, variable.Name, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                variables.Add(variable);
            }
            else if (Merge(variables[index], variable) is { } merged)
            {
                variables[index] = merged;
            }
            else
            {
                warnings.Add($"{variable.Name} is given by {Owner(variables[index])} and by {Owner(variable)} with different values; that of {Owner(variables[index])} is exported.");
            }
        }

        return new CollectedVariables(variables, warnings);
    }

    private static IEnumerable<EnvironmentVariable> Of(Service service) =>
        service.ConnectionStrings.Select(pair => new EnvironmentVariable(pair.Key, pair.Value, service.Name, service.Instance));

    private static EnvironmentVariable? Merge(EnvironmentVariable first, EnvironmentVariable second) =>
        first.Value == second.Value ? first
        : first.Instance == second.Instance && StorageConnectionString.Merge(first.Value, second.Value) is { } value
            ? first with { Value = value, Service = $"{first.Service}, {second.Service}" }
        : null;

    private static void Check(EnvironmentVariable variable)
    {
        if (variable.Name.Length == 0 || variable.Name.Any(letter => letter is '=' or '<' || char.IsControl(letter) || char.IsWhiteSpace(letter)))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{variable.Name}' of {Owner(variable)} cannot be the name of a variable.");
        }

        if (variable.Value.Contains('\0', StringComparison.Ordinal))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The value of {variable.Name} of {Owner(variable)} holds a NUL character, which no variable can.");
        }
    }

    private static string Owner(EnvironmentVariable variable) =>
        variable.Instance is null ? variable.Service : $"{variable.Service} (instance {variable.Instance})";
}
