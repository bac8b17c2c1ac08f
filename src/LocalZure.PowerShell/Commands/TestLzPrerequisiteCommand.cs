using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Looks for what stands in the way of services.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LzPrerequisite")]
[OutputType("LocalZure.CheckResult", "System.IO.FileInfo")]
public sealed class TestLzPrerequisiteCommand : ConfigurationCommandBase
{
    private readonly List<string> _names = [];

    /// <summary>The services whose ports and images are looked at; those that the configuration enables when absent.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service", "ServiceName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The configuration file, or a folder that holds it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <summary>Write a support bundle to this archive instead.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AsReport { get; set; }

    /// <summary>Replace an archive that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _names.AddRange(Name ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var request = new PrerequisiteRequest { Names = _names, Configuration = RequestFor(ConfigPath), PowerShellVersion = ThisPowerShell() };
        if (AsReport is null)
        {
            Run(_names, (engine, report, token) => report.OutputAsync(engine.CheckPrerequisitesAsync(request, report, token), token));
            return;
        }

        var path = FolderOr(AsReport);
        var overwrite = Force.IsPresent;
        RefuseExisting(path, overwrite);
        Run(path, async (engine, report, token) =>
        {
            var checks = new List<CheckResult>();
            await foreach (var check in engine.CheckPrerequisitesAsync(request, report, token).ConfigureAwait(false))
            {
                checks.Add(check);
            }

            await engine.WriteReportAsync(new ReportRequest { Path = path, Overwrite = overwrite, Checks = checks, Prerequisites = request }, token).ConfigureAwait(false);
            report.Output([new FileInfo(path)]);
        });
    }

    // 7.6.0.500, of which the last number tells nothing
    private static Version ThisPowerShell()
    {
        var version = typeof(PSObject).Assembly.GetName().Version!;
        return new Version(version.Major, version.Minor, version.Build);
    }

    // Said before the checks, and again by the write itself should a file come up in between.
    private void RefuseExisting(string path, bool overwrite)
    {
        if (File.Exists(path) && !overwrite)
        {
            Fail(new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' exists already.", "Use -Force to replace it."), path);
        }
    }
}
