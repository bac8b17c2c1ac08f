using System.Management.Automation;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Checks a configuration file.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LzConfiguration")]
[OutputType("LocalZure.ConfigurationError", "System.Boolean")]
public sealed class TestLzConfigurationCommand : ConfigurationCommandBase
{
    /// <summary>The file, or a folder that holds it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConfigPath", "FullName", "PSPath")]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Only whether it is good.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = RequestFor(Path);
        var quiet = Quiet.IsPresent;
        Run(Path, async (engine, report, token) =>
        {
            var errors = await engine.TestConfigurationAsync(request, token).ConfigureAwait(false);
            if (quiet)
            {
                report.Output([errors.Count == 0]);
            }
            else
            {
                report.Output(errors);
            }
        });
    }
}
