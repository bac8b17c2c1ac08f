using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor;

/// <summary>Which programs are there for services that run without Docker. Nothing is installed.</summary>
internal sealed class HostToolsCheck : IPrerequisiteCheck
{
    private static readonly PathProgram[] Programs = [PathProgram.Redis, PathProgram.PostgreSql, PathProgram.Mosquitto];

    /// <inheritdoc/>
    public string Name => "HostTools";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        var environment = patient.Options.Environment;
        var found = new List<string>();
        var missing = new List<string>();
        FindNode(environment, found, missing);
        foreach (var program in Programs)
        {
            try
            {
                found.Add((await new PathTool(program, environment).EnsureAsync(null, cancellationToken).ConfigureAwait(false)).Program);
            }
            catch (LocalZureException e)
            {
                missing.Add(e.Message);
            }
        }

        var engine = await patient.EngineAsync(cancellationToken).ConfigureAwait(false);
        var message = found.Count == 0 ? "None of the programs for services without Docker is there." : $"For services without Docker there {(found.Count == 1 ? "is" : "are")} {string.Join(", ", found)}.";
        return missing.Count == 0 || engine.Runtime is not null
            ? new CheckResult(Name, CheckStatus.Passed, message) { Details = missing }
            : new CheckResult(Name, CheckStatus.Warning, $"{message} Without Docker the services of the others cannot run.", "Install the programs that the details name for the services that you need, or start Docker.") { Details = missing };
    }

    private static void FindNode(EnvironmentSnapshot environment, List<string> found, List<string> missing)
    {
        var azurite = ProgramPath.Find(environment, "azurite");
        var node = ProgramPath.Find(environment, "node");
        if (node is not null && (azurite ?? ProgramPath.Find(environment, "npm")) is { } with)
        {
            found.Add(azurite is null ? $"Node.js with npm ('{with}'), which installs Azurite when it is needed" : $"azurite ('{with}')");
        }
        else
        {
            missing.Add($"The program '{(node is null ? "node" : "npm")}', which Azurite runs on{(node is null ? "" : " and is installed with")}, is not on PATH.");
        }
    }
}
