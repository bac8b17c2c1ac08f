using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Puts a build's output together: the step it is at and the last lines.</summary>
internal sealed partial class BuildOutput
{
    private const int Kept = 20;
    private const int LongestLine = 1000;

    private readonly ArgumentMask _mask;
    private readonly IProgress<BuildProgress>? _progress;
    private readonly Queue<string> _last = new();
    private readonly StringBuilder _begun = new();

    /// <summary>Creates one.</summary>
    /// <param name="mask">Takes secrets out.</param>
    /// <param name="progress">Told each step and line; null for nobody.</param>
    public BuildOutput(ArgumentMask mask, IProgress<BuildProgress>? progress)
    {
        _mask = mask;
        _progress = progress;
    }

    /// <summary>The step it is at.</summary>
    public BuildProgress Step { get; private set; } = new(0, 0, "", null);

    /// <summary>The last lines.</summary>
    public IReadOnlyList<string> LastLines => [.. _last];

    /// <summary>A piece of output: a line, several, or a part of one.</summary>
    public void Add(string piece)
    {
        foreach (var character in piece)
        {
            // A line that never ends, or one that is written over again and again ("10%\r20%\r").
            if (character is '\n' or '\r' || _begun.Length >= LongestLine)
            {
                End();
            }

            if (character is not ('\n' or '\r'))
            {
                _begun.Append(character);
            }
        }
    }

    /// <summary>The progress of a pull of a base image.</summary>
    public void AddStatus(string status) => _progress?.Report(Step with { Line = _mask.Apply(status) });

    /// <summary>Ends a line that has begun.</summary>
    public void End()
    {
        var line = _mask.Apply(_begun.ToString()).Trim();
        _begun.Clear();
        if (line.Length == 0)
        {
            return;
        }

        _last.Enqueue(line);
        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }

        Step = StepOf(line) ?? Step;
        _progress?.Report(StepOf(line) ?? Step with { Line = line });
    }

    // Docker: "Step 3/7 : RUN npm ci"; Podman: "STEP 3/7: RUN npm ci"
    private static BuildProgress? StepOf(string line) => Beginning().Match(line) is { Success: true } match
        ? new BuildProgress(Number(match.Groups["step"]), Number(match.Groups["steps"]), match.Groups["what"].Value, null)
        : null;

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\ASTEP (?<step>[0-9]{1,6})/(?<steps>[0-9]{1,6}) ?: (?<what>.+)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Beginning();
}
