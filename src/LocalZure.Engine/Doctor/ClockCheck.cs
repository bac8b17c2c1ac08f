using System.Globalization;

namespace LocalZure.Engine.Doctor;

/// <summary>Whether the engine's clock agrees with this machine's: signatures and tokens of emulators have a time.</summary>
internal sealed class ClockCheck : IPrerequisiteCheck
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);

    // Shared keys and shared access signatures are refused when the clocks differ by more.
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public string Name => "Clock";

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        if ((await patient.EngineAsync(cancellationToken).ConfigureAwait(false)).Runtime is not { } runtime)
        {
            return EngineLook.Skip(Name);
        }

        // Asked by itself: the answer must be fresh, and lies between the two looks at this clock.
        var before = patient.Options.Time.GetUtcNow();
        var machine = await runtime.ReadMachineAsync(cancellationToken).ConfigureAwait(false);
        var after = patient.Options.Time.GetUtcNow();
        if (machine.Clock is not { } clock)
        {
            return new CheckResult(Name, CheckStatus.Skipped, "The engine does not tell its time.");
        }

        var skew = clock < before ? before - clock : clock > after ? clock - after : TimeSpan.Zero;
        var message = string.Create(CultureInfo.InvariantCulture, $"The engine's clock is {(skew < TimeSpan.FromSeconds(1) ? "the same as" : $"{skew.TotalSeconds:0} s {(clock < before ? "behind" : "ahead of")}")} this machine's.");
        var status = skew > Refused ? CheckStatus.Failed : skew > Noticeable ? CheckStatus.Warning : CheckStatus.Passed;
        return new CheckResult(Name, status, message, status == CheckStatus.Passed ? null : "Let both take their time from a time server; a virtual machine that slept is set right by a restart of Docker Desktop, or by 'wsl --shutdown'.");
    }
}
