using System.Runtime.CompilerServices;

namespace LocalZure.Engine.Doctor;

/// <summary>Runs all checks at the same time, each within its time, and gives their results in a fixed order.</summary>
internal sealed class Examination
{
    /// <summary>How long one check may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<IPrerequisiteCheck> _checks;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="checks">The checks, in the order of their results.</param>
    /// <param name="time">The clock.</param>
    public Examination(IReadOnlyList<IPrerequisiteCheck> checks, TimeProvider time)
    {
        _checks = checks;
        _time = time;
    }

    /// <summary>Every check there is, in the order in which a person would look.</summary>
    public static IReadOnlyList<IPrerequisiteCheck> All { get; } =
    [
        new PowerShellCheck(),
        new HomeCheck(),
        new HomeDiskCheck(),
        new WatcherCheck(),
        new ConfigurationCheck(),
        new DockerCheck(),
        new EngineVersionCheck(),
        new EngineDiskCheck(),
        new EngineMemoryCheck(),
        new ClockCheck(),
        new RegistryLoginCheck(),
        new HostToolsCheck(),
        new PortsCheck(),
        new LeftoversCheck(),
    ];

    /// <summary>Looks at everything.</summary>
    /// <param name="patient">What is looked at; disposed at the end.</param>
    /// <param name="cancellationToken">Ends all checks.</param>
    public async IAsyncEnumerable<CheckResult> RunAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using (patient.ConfigureAwait(false))
        {
            var running = _checks.Select(check => RunAsync(check, patient, ended.Token)).ToList();
            try
            {
                foreach (var result in running)
                {
                    yield return await result.ConfigureAwait(false);
                }
            }
            finally
            {
                // Who stops listening wants no more looks; none of them outlives what it looks through.
                await ended.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(running.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<CheckResult> RunAsync(IPrerequisiteCheck check, Patient patient, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var result = await AttemptAsync(check, patient, linked.Token, cancellationToken).ConfigureAwait(false);
        return result with { Elapsed = _time.GetElapsedTime(began) };
    }

    private static async Task<CheckResult> AttemptAsync(IPrerequisiteCheck check, Patient patient, CancellationToken timed, CancellationToken cancellationToken)
    {
        try
        {
            // On a thread of its own, and left alone when it does not heed the time: some looks ask the operating system and cannot be cut off.
            return await Task.Run(() => check.RunAsync(patient, timed), timed).WaitAsync(timed).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new CheckResult(check.Name, CheckStatus.Warning, $"The check did not end within {Limit.TotalSeconds:0} s.", "Run it again when the machine is less busy; see the other checks for what may be slow.");
        }
        catch (LocalZureException e)
        {
            return new CheckResult(check.Name, CheckStatus.Failed, e.Message, e.Remedy) { Details = e.Evidence };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CheckResult(check.Name, CheckStatus.Failed, $"It could not be looked at: {e.Message}");
        }
    }
}
