using System.Management.Automation;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Shows the settings in effect and where they come from.</summary>
[Cmdlet(VerbsCommon.Get, "LzConfiguration")]
[OutputType("LocalZure.Configuration")]
public sealed class GetLzConfigurationCommand : ConfigurationCommandBase
{
    /// <summary>Keys, with wildcards.</summary>
    [Parameter(Position = 0)]
    [Alias("Key")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The file.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <summary>The profile.</summary>
    [Parameter]
    [ValidateSet("Dev", "Test")]
    public string? Profile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<string> keys = Name ?? [];
        var request = RequestFor(ConfigPath) with { Profile = Profile };
        Run(ConfigPath, async (engine, report, token) =>
        {
            var settings = await engine.GetConfigurationAsync(request, token).ConfigureAwait(false);
            report.Output(SettingFilter.Choose(settings, keys));
        });
    }
}
