using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Doctor;

/// <summary>Whether the configuration is valid.</summary>
internal sealed class ConfigurationCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "Configuration";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Request.Configuration is not { } request)
        {
            return new CheckResult(Name, CheckStatus.Skipped, "No configuration is asked for.");
        }

        var options = patient.Options;
        var loaded = await new ConfigurationLoader(options.Environment, options.Home, options.FindDefinition).LoadAsync(request, cancellationToken).ConfigureAwait(false);
        var place = loaded.File is { } file ? $"'{file}'" : "What the environment and the user's file say";
        return loaded.Errors.Count > 0
            ? new CheckResult(Name, CheckStatus.Failed, $"{place} has {Count(loaded.Errors.Count)}: {loaded.Errors[0]}", "Correct what is named; Test-LzConfiguration lists all errors as objects.") { Details = loaded.Errors.Select(error => error.ToString()).ToList() }
            : await JudgeAsync(patient, request, loaded, place, cancellationToken).ConfigureAwait(false);
    }

    // What is good by itself may not fit together: dependencies, instances, values of a service.
    private async Task<CheckResult> JudgeAsync(Patient patient, ConfigurationRequest request, LoadedConfiguration loaded, string place, CancellationToken cancellationToken)
    {
        var project = await patient.ProjectAsync(cancellationToken).ConfigureAwait(false);
        return project.Failure is { } failure ? new CheckResult(Name, CheckStatus.Failed, failure.Message, failure.Remedy) { Details = failure.Evidence }
            : loaded.File is null ? new CheckResult(Name, CheckStatus.Skipped, $"Neither '{request.Folder}' nor a folder above it holds a localzure.yml; what else there is to configure is valid.")
            : new CheckResult(Name, CheckStatus.Passed, $"{place} is valid.");
    }

    private static string Count(int errors) => errors == 1 ? "an error" : $"{errors} errors";
}
