using System.Collections;
using System.Management.Automation;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;
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
    [ArgumentCompleter(typeof(PortCompleter))]
    public IDictionary? Port { get; set; }

    /// <summary>Environment variables.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public IDictionary? Environment { get; set; }

    /// <summary>Paths inside by source.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public IDictionary? Volume { get; set; }

    /// <summary>Another image.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? Image { get; set; }

    /// <summary>Memory limit.</summary>
    [Parameter]
    [SizeTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Size? Memory { get; set; }

    /// <summary>CPU limit in CPUs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public double Cpus { get; set; }

    /// <summary>Whether it ends with this session.</summary>
    [Parameter]
    [ValidateSet("Persistent", "Session")]
    public string? Lifetime { get; set; }

    /// <summary>How long it may live.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? TimeToLive { get; set; }

    /// <summary>How long it may take to become usable.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Timeout { get; set; }

    /// <summary>Return as soon as it was started.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Start only what is named.</summary>
    [Parameter]
    public SwitchParameter NoDependency { get; set; }

    /// <summary>Make it anew even when it runs unchanged.</summary>
    [Parameter]
    public SwitchParameter Recreate { get; set; }

    /// <summary>Leave what a failed start created.</summary>
    [Parameter]
    public SwitchParameter KeepOnFailure { get; set; }

    /// <summary>The configuration file, or a folder that holds one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <summary>The set of defaults.</summary>
    [Parameter]
    [ValidateSet("Dev", "Test")]
    public string? Profile { get; set; }

    /// <summary>Accepts the licences.</summary>
    [Parameter]
    public SwitchParameter AcceptEula { get; set; }

    /// <summary>The settings as a request without names.</summary>
    /// <exception cref="LocalZureException">A setting cannot be.</exception>
    private protected StartRequest ReadSettings() => new()
    {
        Names = [],
        Configuration = this.Configuration(ConfigPath) with { Profile = Profile },
        Mode = Mode is null ? null : Enum.Parse<ServiceMode>(Mode, ignoreCase: true),
        Ports = PortTable.Read(TextTable.Read(Port ?? new Hashtable())),
        Environment = TextTable.Read(Environment ?? new Hashtable()),
        Volumes = VolumeArgument.Read(Volume ?? new Hashtable(), SessionState.Path),
        Image = Image,
        MemoryBytes = Memory?.Read(nameof(Memory)),
        Cpus = this.IsBound(nameof(Cpus)) ? Refusal.Named(nameof(Cpus), () => CpuCount.Check(Cpus)) : null,
        Lifetime = Lifetime is null ? null : Enum.Parse<ServiceLifetime>(Lifetime, ignoreCase: true),
        TimeToLive = TimeToLive?.Read(nameof(TimeToLive)),
        Timeout = Timeout?.Read(nameof(Timeout)),
        NoWait = NoWait,
        NoDependency = NoDependency,
        Recreate = Recreate,
        KeepOnFailure = KeepOnFailure,
        AcceptEula = AcceptEula,
    };
}
