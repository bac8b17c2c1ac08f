using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Doctor;

/// <summary>Whether the registries' credentials that are configured can be read. Nothing is pulled, and no registry is asked.</summary>
internal sealed class RegistryLoginCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "RegistryLogin";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        var folder = DockerConfigFile.Folder(patient.Options.Environment, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify));
        if (DockerConfigFile.TryRead(folder) is not { } config)
        {
            var path = Path.Combine(folder, "config.json");
            return File.Exists(path)
                ? new CheckResult(Name, CheckStatus.Warning, $"'{path}' cannot be read, so that images are pulled without a login.", "Correct the file or its permissions, or sign in again with 'docker login'.")
                : new CheckResult(Name, CheckStatus.Passed, "No registry login is configured; images are pulled without one.");
        }

        var services = (await patient.ProjectAsync(cancellationToken).ConfigureAwait(false)).Services;
        var registries = Registries(config, services.Select(service => ImageReference.Parse(service.Image).Registry));
        var credentials = new RegistryCredentials(folder, patient.Options.Time);
        var logins = await Task.WhenAll(registries.Select(async registry => (Registry: registry, Login: await credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        var problems = logins.Where(login => login.Login.Problem is not null).Select(login => $"{login.Registry}: {login.Login.Problem}").ToList();
        var known = logins.Where(login => login.Login.Header is not null).Select(login => login.Registry).ToList();
        return problems.Count > 0
            ? new CheckResult(Name, CheckStatus.Warning, $"Stored credentials cannot be read ({problems[0]}); images of that registry are pulled without a login.", "Install the credential helper that Docker's configuration file names, or sign in again with 'docker login'.") { Details = problems }
            : new CheckResult(Name, CheckStatus.Passed, known.Count == 0 ? "No registry login is configured; images are pulled without one." : $"There are credentials for {string.Join(", ", known)}.");
    }

    private static List<string> Registries(ConfigBody config, IEnumerable<string> ofImages) =>
        (config.Auths?.Keys ?? Enumerable.Empty<string>()).Concat(config.CredHelpers?.Keys ?? Enumerable.Empty<string>()).Select(RegistryCredentials.HostOf)
            .Concat(config.CredsStore is { Length: > 0 } ? ofImages : [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
}
