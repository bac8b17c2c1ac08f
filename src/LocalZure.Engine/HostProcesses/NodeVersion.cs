using System.Globalization;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Asks a <c>node</c> program for its version.</summary>
internal static class NodeVersion
{
    /// <summary>The major version.</summary>
    /// <exception cref="LocalZureException">HostToolMissing when the program does not run, does not end or says something else.</exception>
    public static async Task<int> MajorOfAsync(string node, CancellationToken cancellationToken)
    {
        var result = await ProgramVersion.AskAsync(node, "--version", ProgramVersion.Limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return result.Lines.Select(Parse).FirstOrDefault(major => major is not null)
            ?? throw new LocalZureException(ErrorCode.HostToolMissing, $"The program '{node}' does not say its version, so it is no usable Node.js.")
            {
                ExitCode = result.ExitCode,
                Evidence = [.. result.Lines.TakeLast(20)],
            };
    }

    /// <summary>The major version of what <c>--version</c> prints; null for anything else.</summary>
    public static int? Parse(string line)
    {
        // v20.20.2
        var dot = line.IndexOf('.', StringComparison.Ordinal);
        return line.StartsWith('v') && dot > 1 && int.TryParse(line.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    /// <summary>Whether a package's <c>engines.node</c> allows a major version; what is no plain minimum is taken as allowed.</summary>
    public static bool Allows(string? range, int major)
    {
        // >=10.0.0
        var digits = range?.Trim() is { } text && text.StartsWith(">=", StringComparison.Ordinal)
            ? text[2..].TrimStart().TakeWhile(char.IsAsciiDigit).ToArray()
            : [];
        return !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minimum) || major >= minimum;
    }
}
