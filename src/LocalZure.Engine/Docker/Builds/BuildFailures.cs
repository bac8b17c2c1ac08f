using System.Globalization;
using System.Text.RegularExpressions;
using LocalZure.Engine.Docker.Registry;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Says why a build failed.</summary>
internal static partial class BuildFailures
{
    private const string NoSpace = "no space left on device";
    private const int LongestInstruction = 120;

    /// <summary>The error of a build that came to its end without an image.</summary>
    /// <param name="tag">The image.</param>
    /// <param name="message">The engine's message, without secrets.</param>
    /// <param name="exitCode">The exit code of the command that failed; null when none did.</param>
    /// <param name="output">What the build said.</param>
    /// <param name="logins">The logins that were sent.</param>
    public static LocalZureException Of(string tag, string message, int? exitCode, BuildOutput output, IReadOnlyDictionary<string, RegistryLogin> logins)
    {
        exitCode = exitCode is null or 0 ? ExitCodeIn(message) : exitCode;
        return MissingBase(message, exitCode, output, logins) ?? (IsNoSpace(message, output) ? Full(tag, message, output) : Failed(tag, message, exitCode, output));
    }

    /// <summary>The error of a build that the engine did not begin, for example for a mistake in the Dockerfile.</summary>
    public static LocalZureException Refused(string tag, string message, Exception cause) =>
        message.Contains(NoSpace, StringComparison.OrdinalIgnoreCase)
            ? new(ErrorCode.DiskFull, $"No space is left on Docker's disk for building the image '{tag}'.", null, cause) { Evidence = [message] }
            : new(ErrorCode.BuildFailed, $"The image '{tag}' could not be built: {message.TrimEnd('.')}.", null, cause);

    /// <summary>The error of a build whose connection to the engine broke.</summary>
    public static LocalZureException Broken(string tag, BuildOutput output, Exception? cause) =>
        new(ErrorCode.BuildFailed, $"The build of the image '{tag}' was cut off: the connection to Docker broke.", "Try again; steps that are complete are not run again.", cause) { Evidence = output.LastLines };

    private static LocalZureException Failed(string tag, string message, int? exitCode, BuildOutput output)
    {
        var reason = exitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}") : message.TrimEnd('.');
        var sentence = output.Step.Step == 0
            ? $"The image '{tag}' could not be built: {reason}."
            : $"The image '{tag}' could not be built: step {output.Step.Step}/{output.Step.Steps}, '{Short(output.Step.Instruction)}', failed with {(exitCode is null ? "the message: " : "")}{reason}.";
        return new LocalZureException(ErrorCode.BuildFailed, sentence) { ExitCode = exitCode, Evidence = output.LastLines };
    }

    private static LocalZureException Full(string tag, string message, BuildOutput output) =>
        new(ErrorCode.DiskFull, $"No space is left on Docker's disk for building the image '{tag}'.") { Evidence = [.. output.LastLines, message] };

    // Null when it is not about the image that the step takes.
    private static LocalZureException? MissingBase(string message, int? exitCode, BuildOutput output, IReadOnlyDictionary<string, RegistryLogin> logins)
    {
        // "base name (${BASE}) should not be blank": the Dockerfile's fault, no registry was asked.
        if (exitCode is not null || BaseImages.Of(output.Step.Instruction) is not { } image || message.Contains("should not be blank", StringComparison.Ordinal))
        {
            return null;
        }

        image = image.Contains('$', StringComparison.Ordinal) && NameIn(message) is { } named ? named : image;
        var registry = ImageReference.Parse(image).Registry;
        var failure = PullFailureClassifier.Of(image, registry, message, logins.GetValueOrDefault(registry) ?? RegistryLogin.Anonymous, null);
        var isPull = output.Step.Instruction.StartsWith("FROM", StringComparison.OrdinalIgnoreCase) || failure.Code != ErrorCode.ImagePullFailed;
        return isPull ? failure : null;
    }

    private static bool IsNoSpace(string message, BuildOutput output) =>
        output.LastLines.Append(message).Any(line => line.Contains(NoSpace, StringComparison.OrdinalIgnoreCase));

    private static int? ExitCodeIn(string message) =>
        ExitCode().Match(message) is { Success: true } match ? int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture) : null;

    private static string? NameIn(string message) => Named().Match(message) is { Success: true } match ? match.Groups["image"].Value : null;

    private static string Short(string instruction) => instruction.Length <= LongestInstruction ? instruction : instruction[..LongestInstruction] + "...";

    // Docker: "The command '/bin/sh -c exit 3' returned a non-zero code: 3"; Podman: "... while running runtime: exit status 3"
    [GeneratedRegex(@"(returned a non-zero code: |while running runtime: exit status )(?<code>[0-9]{1,3})", RegexOptions.ExplicitCapture)]
    private static partial Regex ExitCode();

    // "pull access denied for acme/base, repository does not exist", "manifest for acme/base:1 not found"
    [GeneratedRegex(@"(pull access denied for|manifest for) (?<image>[^\s,]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
