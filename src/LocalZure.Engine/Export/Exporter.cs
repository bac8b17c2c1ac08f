using System.Text;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Export;

/// <summary>Hands variables over in the form that was asked for.</summary>
internal static class Exporter
{
    /// <summary>Does it. What a log has to mask is said before anything is written.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid when a file cannot take them, which is then as it was, or DiskFull.</exception>
    public static async Task<ExportResult> RunAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        switch (request.Format)
        {
            case ExportFormat.Process:
                SetHere(request.Variables);
                break;
            case ExportFormat.AzureDevOps:
                Say(request, Masks(request, AzurePipelineCommands.Mask).Concat(request.Variables.Select(SetInPipeline)));
                break;
            case ExportFormat.GitHubActions:
                Say(request, Masks(request, GitHubEnvironment.Mask));
                await AppendAsync(request.Path!, GitHubEnvironment.Entries(request.Variables), cancellationToken).ConfigureAwait(false);
                break;
            case ExportFormat.Json when request.Path is null:
                return new ExportResult(FlatJson.Write(request.Variables), []);
            default:
                await WriteFileAsync(request, request.Path!, cancellationToken).ConfigureAwait(false);
                break;
        }

        return new ExportResult(null, request.Format == ExportFormat.DotEnv ? request.Variables.Where(variable => !DotEnvValue.IsReadAlike(variable.Value)).Select(Unlike).ToList() : []);
    }

    private static async Task WriteFileAsync(ExportRequest request, string path, CancellationToken cancellationToken)
    {
        var old = await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (old is not null && request is { Format: ExportFormat.Json, Overwrite: false })
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' exists already.", "Use -Force to replace it.");
        }

        var file = old ?? new TextFile("", HasByteOrderMark: false);
        var text = request.Format switch
        {
            ExportFormat.DotEnv => DotEnvFile.Set(file.Text, file.NewLine, request.Variables),
            ExportFormat.AppSettings => AppSettingsFile.Set(file.Text, file.NewLine, path, request.Variables),
            _ => FlatJson.Write(request.Variables) + "\n",
        };
        if (old is null || old.Text != text)
        {
            await (file with { Text = text }).WriteAsync(path, request.Overwrite, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void SetHere(IEnumerable<EnvironmentVariable> variables)
    {
        foreach (var variable in variables)
        {
            Environment.SetEnvironmentVariable(variable.Name, variable.Value);
        }
    }

    private static string SetInPipeline(EnvironmentVariable variable) =>
        AzurePipelineCommands.Set(variable.Name, variable.Value, isSecret: SecretParts.Of(variable.Name, variable.Value).Count > 0);

    private static IEnumerable<string> Masks(ExportRequest request, Func<string, string> mask) =>
        request.Variables.SelectMany(variable => SecretParts.Of(variable.Name, variable.Value)).Distinct(StringComparer.Ordinal).Select(mask);

    private static void Say(ExportRequest request, IEnumerable<string> commands)
    {
        // A runner knows a command only at the beginning of a line, and what came before may not have ended its own.
        foreach (var command in commands.Prepend(""))
        {
            request.WriteCommand(command);
        }
    }

    private static async Task AppendAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 4096, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                var ended = file.Length == 0 || LastByte(file) == '\n';
                await file.WriteAsync(Encoding.UTF8.GetBytes(ended ? text : "\n" + text), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw TextFile.Refused(path, e);
        }
    }

    // Leaves the file at its end.
    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    private static string Unlike(EnvironmentVariable variable) =>
        $"The value of {variable.Name} holds characters that no form of a .env file gives alike to a shell, docker compose and Node's dotenv; it is written for docker compose.";
}
