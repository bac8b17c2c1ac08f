namespace LocalZure.Engine.Configuration;

/// <summary>Makes one error of all that is wrong with a configuration.</summary>
internal static class ConfigurationFailure
{
    /// <summary>The error, with how many there are and the first in its message and all of them as evidence.</summary>
    /// <param name="errors">The errors; at least one.</param>
    public static LocalZureException Of(IReadOnlyList<ConfigurationError> errors)
    {
        var count = errors.Count == 1 ? "an error" : errors.Count >= Problems.Most ? $"{errors.Count} errors or more" : $"{errors.Count} errors";
        var first = errors[0];
        return new LocalZureException(
            ErrorCode.ConfigInvalid,
            $"The configuration has {count}: {first}",
            first.Suggestion.Length > 0 ? first.Suggestion : null)
        {
            Evidence = errors.Select(error => error.ToString()).ToList(),
        };
    }
}
