using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Hands the connection settings of running services to an application or to the next step of a build job.</summary>
[Cmdlet(VerbsData.Export, "LzEnvironment", SupportsShouldProcess = true)]
[OutputType("System.String", "LocalZure.EnvironmentVariable")]
public sealed class ExportLzEnvironmentCommand : ServiceFilterCommandBase
{
    /// <summary>Where they go.</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet("Process", "DotEnv", "Json", "AppSettings", "GitHubActions", "AzureDevOps")]
    public string Format { get; set; } = "";

    /// <summary>The file; the usual one of the format when absent.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replace a JSON file that is there, and write a read-only file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the variables.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ExportFormat Target => Enum.Parse<ExportFormat>(Format, ignoreCase: true);

    // The variables do not tell which instance they belong to, so that one must be meant.
    private protected override string? ChosenInstance => OneInstance;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var file = Attempt(FindFile);
        var collected = Attempt(() => LocalZureEngine.CollectVariables(FindServices(Selection.ToQueries(includeStopped: false))));
        foreach (var warning in collected.Warnings)
        {
            WriteWarning(warning);
        }

        if (collected.Variables.Count == 0)
        {
            WriteWarning("Nothing was exported: no service that was asked for runs and has connection settings.");
        }
        else if (IsText(file) || ShouldProcess(Describe(file), $"Set {string.Join(", ", collected.Variables.Select(variable => variable.Name))}"))
        {
            Write(collected.Variables, file);
        }
    }

    private void Write(IReadOnlyList<EnvironmentVariable> variables, string? file)
    {
        var request = new ExportRequest
        {
            Variables = variables,
            Format = Target,
            Path = file,
            Overwrite = Force.IsPresent,

            // Standard output itself: a redirected or ignored stream of PowerShell must not keep a mask from the runner, and no
            // transcript or variable is to hold what is secret.
            WriteCommand = Console.Out.WriteLine,
        };
        var result = new ExportResult(null, []);
        Run(file, async (engine, _, token) => result = await engine.ExportAsync(request, token).ConfigureAwait(false));
        foreach (var warning in result.Warnings)
        {
            WriteWarning(warning);
        }

        if (result.Text is not null)
        {
            WriteObject(result.Text);
        }
        else if (PassThru)
        {
            WriteObject(variables, enumerateCollection: true);
        }
    }

    private string? FindFile() => LocalZureEngine.FindExportFile(
        Target, Path is null ? null : this.FullPath(Path, ErrorCode.ParameterInvalid), this.CurrentFolder());

    private bool IsText(string? file) => Target == ExportFormat.Json && file is null;

    private string Describe(string? file) => file ?? (Target == ExportFormat.Process ? "the environment of this process" : "the variables of this job");

    private T Attempt<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LocalZureException e)
        {
            Fail(e, Path);
            throw;
        }
    }
}
