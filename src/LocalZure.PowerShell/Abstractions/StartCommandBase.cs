using System.Collections;
using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>The settings of a start.</summary>
public abstract class StartCommandBase : ServiceCommandBase
{
    /// <summary>How to run it.</summary>
    [Parameter]
    [ValidateSet("Auto", "Docker", "Host")]
    public string? Mode { get; set; }

    /// <summary>Host ports by port name, or one number.</summary>
    [Parameter]
    [PortTransformation]
    public IDictionary? Port { get; set; }

    /// <summary>Environment variables.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>Paths inside by source.</summary>
    [Parameter]
    public IDictionary? Volume { get; set; }

    /// <summary>Another image.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Memory limit in bytes.</summary>
    [Parameter]
    [SizeTransformation]
    [ValidateRange(1, long.MaxValue)]
    public long Memory { get; set; }

    /// <summary>CPU limit in CPUs.</summary>
    [Parameter]
    [ValidateRange(0.01, 1024.0)]
    public double Cpus { get; set; }

    /// <summary>How long it may live.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan TimeToLive { get; set; }

    /// <summary>How long it may take to become usable.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; }

    /// <summary>Return as soon as it was started.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Make it anew even when it runs unchanged.</summary>
    [Parameter]
    public SwitchParameter Recreate { get; set; }

    /// <summary>Leave what a failed start created.</summary>
    [Parameter]
    public SwitchParameter KeepOnFailure { get; set; }

    /// <summary>The settings as a request without names.</summary>
    /// <exception cref="LocalZureException">A setting cannot be.</exception>
    private protected StartRequest ReadSettings() => new()
    {
        Names = [],
        Mode = Mode is null ? null : Enum.Parse<ServiceMode>(Mode, ignoreCase: true),
        Ports = PortTable.Read(Port ?? new Hashtable()),
        Environment = TextTable.Read(Environment ?? new Hashtable()),
        Volumes = VolumeTable.Read(Volume ?? new Hashtable(), SessionState.Path),
        Image = Image,
        MemoryBytes = this.IsBound(nameof(Memory)) ? Memory : null,
        Cpus = this.IsBound(nameof(Cpus)) ? Cpus : null,
        TimeToLive = this.IsBound(nameof(TimeToLive)) ? TimeToLive : null,
        Timeout = this.IsBound(nameof(Timeout)) ? Timeout : null,
        NoWait = NoWait,
        Recreate = Recreate,
        KeepOnFailure = KeepOnFailure,
    };
}
