using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>The settings of a restart.</summary>
public abstract class RestartCommandBase : ChosenServicesCommandBase
{
    private TimeSpan? _timeout;
    private ConfigurationRequest? _configuration;

    /// <summary>How long it may take to become usable.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Timeout { get; set; }

    /// <inheritdoc/>
    private protected override bool TakesStopped => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _timeout = Read(Timeout, nameof(Timeout));
        _configuration = this.Configuration(null);
    }

    /// <summary>The settings as a request.</summary>
    private protected RestartRequest RequestOf(IReadOnlyList<Service> services) => new() { Services = services, Timeout = _timeout, Configuration = _configuration };
}
