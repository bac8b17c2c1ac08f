using System.Management.Automation;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Commands;

/// <summary>Removes environments whole.</summary>
[Cmdlet(VerbsCommon.Remove, "LzEnvironment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(EnvironmentObject.TypeName)]
public sealed class RemoveLzEnvironmentCommand : EnvironmentCommandBase
{
    private TimeSpan? _age;

    /// <summary>Only what was created longer ago.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? OlderThan { get; set; }

    /// <summary>All of them.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override TimeSpan? Age => _age;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _age = Read(OlderThan, nameof(OlderThan));
        if (All && this.IsBound(nameof(Name)))
        {
            Fail(new LocalZureException(ErrorCode.ParameterInvalid, "-All and -Name contradict each other.", "Use one of them."), null);
        }

        if (!All && _age is null && !this.IsBound(nameof(Name)) && !MyInvocation.ExpectingInput)
        {
            Fail(new LocalZureException(ErrorCode.ParameterInvalid, "It is not said which environments to remove.", "Name them, or use -All or -OlderThan."), null);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var approved = Find().FindAll(IsApproved);
        if (approved.Count == 0)
        {
            return;
        }

        Run(approved.ConvertAll(environment => environment.ToString()), async (engine, report, token) =>
        {
            foreach (var outcome in await engine.RemoveEnvironmentsAsync(approved, report, token).ConfigureAwait(false))
            {
                if (outcome.Error is { } error)
                {
                    report.Error(error, outcome.Environment.ToString());
                }
                else if (PassThru)
                {
                    report.Output([EnvironmentObject.Of(outcome.Environment)]);
                }
            }
        });
    }

    // ShouldProcess alone would ask in spite of -Force.
    private bool IsApproved(EnvironmentInfo environment) =>
        (Force && !this.IsBound("Confirm") && !this.IsWhatIf())
        || IsAllowed(environment.Name is { } name ? $"environment {name}" : "the environment of the unnamed instance", $"Remove with all data ({Parts(environment)})");

    private static string Parts(EnvironmentInfo environment)
    {
        List<string> parts =
        [
            .. environment.Services.Select(service => $"{(service.Mode == ServiceMode.Host ? "host process" : "container")} {service.ContainerName}: {service.State}"),
            .. environment.Volumes.Select(volume => $"volume {volume}"),
        ];
        if (environment.Network is { } network)
        {
            parts.Add($"network {network}");
        }

        if (environment.Users > 0)
        {
            parts.Add($"used by {environment.Users} at this moment");
        }

        return string.Join("; ", parts);
    }
}
