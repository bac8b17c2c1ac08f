using System.Management.Automation;
using System.Management.Automation.Language;
using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Abstractions;
using LocalZure.PowerShell.Binding;
using LocalZure.PowerShell.Errors;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell.Commands;

/// <summary>Runs a script block in an environment that is gone afterwards.</summary>
[Cmdlet(VerbsOther.Use, "LzEnvironment", SupportsShouldProcess = true, DefaultParameterSetName = ConfiguredSet)]
[OutputType("System.Object")]
public sealed class UseLzEnvironmentCommand : LocalZureCommandBase
{
    private const string NamedSet = "Service";
    private const string ConfiguredSet = "Configured";

    // As if the caller had written one of them: in the caller's scope, streaming, stopped by what stops the caller. A block with
    // parameters is given the environment as its first, one without finds it in $_.
    private const string WithArgument = @"param($block, $environment) Microsoft.PowerShell.Core\Invoke-Command -NoNewScope -ScriptBlock $block -ArgumentList $environment";
    private const string WithUnderscore = @"param($block, $environment) Microsoft.PowerShell.Core\ForEach-Object -Process $block -InputObject $environment";

    /// <summary>The clean-up of a whole environment. What takes longer is left to the watcher.</summary>
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromMinutes(2);

    private StartRequest _start = null!;
    private EngineLease? _lease;
    private EnvironmentUse? _use;

    /// <summary>The services to start; without them all that the configuration enables.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NamedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[] Service { get; set; } = [];

    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NamedSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ConfiguredSet)]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The name under which others use the same environment.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public string? Name { get; set; }

    /// <summary>The configuration file, or a folder that holds one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? ConfigPath { get; set; }

    /// <summary>How to run the services.</summary>
    [Parameter]
    [ValidateSet("Auto", "Docker", "Host")]
    public string? Mode { get; set; }

    /// <summary>How long each service may take to become usable.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(SampleCompleter))]
    public Duration? Timeout { get; set; }

    /// <summary>Accepts the licences.</summary>
    [Parameter]
    public SwitchParameter AcceptEula { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _start = ReadSettings();
        }
        catch (LocalZureException e)
        {
            Fail(e, ConfigPath);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var target = Name is null ? "a fresh environment" : $"environment {Name}";
        if (!ShouldProcess(target, $"Start {(Service.Length > 0 ? string.Join(", ", Service) : "all services that the configuration enables")}, run the script block, remove everything"))
        {
            return;
        }

        var hasEnded = false;
        try
        {
            Acquire();
            if (_use is not null)
            {
                RunBlock(_use.Environment);
            }

            hasEnded = true;
        }
        finally
        {
            // Also when the pipeline was stopped, and when the block has ended it by exit, break or an exception.
            Release(hasEnded);
        }
    }

    private void Acquire() => Run(Service, async (_, report, token) =>
    {
        // Kept to the end: the block may change what decides which engine the next cmdlet gets.
        _lease = EngineProvider.Acquire();
        _use = await _lease.Engine.AcquireEnvironmentAsync(new EnvironmentRequest { Name = Name, Start = _start }, report, token).ConfigureAwait(false);
    });

    private StartRequest ReadSettings() => new()
    {
        Names = Service,
        Configuration = this.Configuration(ConfigPath),
        Mode = Mode is null ? null : Enum.Parse<ServiceMode>(Mode, ignoreCase: true),
        Ports = new Dictionary<string, PortWish> { [""] = PortWish.Any },
        Timeout = Timeout?.Read(nameof(Timeout)),
        AcceptEula = AcceptEula,
    };

    private void RunBlock(EnvironmentInfo environment)
    {
        SeenInstances.Note(environment.Services);
        var variables = environment.ConnectionStrings.Append(KeyValuePair.Create("LOCALZURE_INSTANCE", environment.Name!));
        using var set = new ProcessVariables(variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
        var hasParameters = ScriptBlock.Ast is ScriptBlockAst { ParamBlock.Parameters.Count: > 0 };
        using var pipeline = ScriptBlock.Create(hasParameters ? WithArgument : WithUnderscore)
            .GetSteppablePipeline(MyInvocation.CommandOrigin, [ScriptBlock, EnvironmentObject.Of(environment)]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }

    private void Release(bool hasEnded)
    {
        var events = new QuietEvents();
        var failure = Task.Run(() => ReleaseAsync(events)).GetAwaiter().GetResult();
        try
        {
            foreach (var warning in events.Warnings)
            {
                WriteWarning(warning);
            }

            if (failure is not null)
            {
                Tell(failure, hasEnded);
            }
        }
        catch (Exception) when (!hasEnded)
        {
            // A pipeline that is stopped takes nothing any more, and what ended the block is what the caller must see.
        }
    }

    // An error of the clean-up must not take the place of that of the block.
    private void Tell(Exception failure, bool hasEnded)
    {
        if (hasEnded)
        {
            WriteError(ErrorRecords.From(failure, _use?.Name));
        }
        else
        {
            WriteWarning($"The environment '{_use?.Name}' could not all be removed ({failure.Message}); the end of this session, the next use of an environment or Remove-LzOrphan removes the rest.");
        }
    }

    private async Task<Exception?> ReleaseAsync(QuietEvents events)
    {
        try
        {
            if (_use is { } use && _lease is { } lease)
            {
                using var limit = new CancellationTokenSource(ReleaseLimit);
                await lease.Engine.ReleaseEnvironmentAsync(use, events, limit.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            if (_lease is not null)
            {
                await _lease.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
