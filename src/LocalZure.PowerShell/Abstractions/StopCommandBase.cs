using System.Management.Automation;
using LocalZure.Engine.Presentation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>The settings of a stop, and the questions before it.</summary>
public abstract class StopCommandBase : ServiceCommandBase
{
    private bool _yesToAll;
    private bool _noToAll;
    private TimeSpan? _timeout;

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public override string? Instance { get; set; }

    /// <summary>Leave the stopped container in place.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    /// <summary>Remove the data too.</summary>
    [Parameter]
    public SwitchParameter RemoveData { get; set; }

    /// <summary>How long it may take to end before it is killed.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Timeout { get; set; }

    /// <summary>Do not ask before data is removed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _timeout = Read(Timeout, nameof(Timeout));
        try
        {
            ReadSettings([]).Check();
        }
        catch (LocalZureException e)
        {
            Fail(e, null);
        }
    }

    /// <summary>The settings as a request.</summary>
    /// <param name="services">The services to stop.</param>
    private protected StopRequest ReadSettings(IReadOnlyList<Service> services) => new()
    {
        Services = services,
        Keep = Keep,
        RemoveData = RemoveData,
        Timeout = _timeout,
    };

    /// <summary>Whether the user wants the service to be stopped.</summary>
    private protected bool IsApproved(Service service)
    {
        var target = Describe(service.Name, service.Instance);
        var what = ServiceText.KindOf(service);
        if (!ShouldProcess(target, RemoveData ? $"Stop the {what} and remove its data" : $"Stop the {what}"))
        {
            return false;
        }

        // -Confirm has just asked, -Confirm:$false wants no question.
        return !RemoveData || Force || this.IsBound("Confirm") || this.NeverConfirms()
            || IsConfirmed(service, target);
    }

    private bool IsConfirmed(Service service, string target)
    {
        try
        {
            return ShouldContinue(ServiceText.LossOf(service), "Remove data", ref _yesToAll, ref _noToAll);
        }
        catch (PSInvalidOperationException)
        {
            // pwsh -NonInteractive cannot ask.
            Fail(ServiceText.Unasked(ServiceText.RemovalOf(service)), target);
            return false;
        }
    }
}
