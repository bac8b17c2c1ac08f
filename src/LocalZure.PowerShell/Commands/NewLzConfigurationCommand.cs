using System.Management.Automation;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Writes a configuration file to start from.</summary>
[Cmdlet(VerbsCommon.New, "LzConfiguration", SupportsShouldProcess = true)]
[OutputType("System.IO.FileInfo")]
public sealed class NewLzConfigurationCommand : ConfigurationCommandBase
{
    private const string DefaultName = "localzure.yml";

    /// <summary>The file, or the folder that it is for.</summary>
    [Parameter(Position = 0)]
    [Alias("ConfigPath")]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = FolderOr(Path);
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, DefaultName) : path;
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Fail(new LocalZureException(ErrorCode.ParameterInvalid, $"The folder '{folder}' does not exist.", "Create it first, or name another."), Path);
        }

        // Said before the question, and again by the write itself should one come up in between.
        if (File.Exists(path) && !Force && !this.IsWhatIf())
        {
            Fail(new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' exists already.", "Use -Force to replace it."), path);
        }

        var text = "";
        Run(path, async (engine, _, token) => text = await engine.DraftConfigurationAsync(folder, token).ConfigureAwait(false));
        if (text.Length > 0 && ShouldProcess(path, File.Exists(path) ? "Replace configuration" : "Write configuration"))
        {
            var overwrite = Force.IsPresent;
            Run(path, async (engine, report, token) =>
            {
                await engine.WriteConfigurationAsync(path, text, overwrite, token).ConfigureAwait(false);
                report.Output([new FileInfo(path)]);
            });
        }
    }
}
