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
    private readonly int _added;
    private readonly IProgress<BuildProgress>? _progress;
    private readonly Queue<string> _last = new();
    private readonly StringBuilder _begun = new();

    /// <summary>Creates one.</summary>
    /// <param name="mask">Takes secrets out.</param>
    /// <param name="progress">Told each step and line; null for nobody.</param>
    /// <param name="added">How many steps Docker makes of what is not in the Dockerfile: one at its end for each label.</param>
    public BuildOutput(ArgumentMask mask, IProgress<BuildProgress>? progress, int added = 0)
    {
        _added = added;
        _mask = mask;
        _progress = progress;
    }

    /// <summary>The step it is at.</summary>
    public BuildProgress Step { get; private set; } = new(0, 0, "", null);

    /// <summary>The last lines that the step wrote, without what the engine says of its own work.</summary>
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
        var line = _mask.Apply(Colour().Replace(_begun.ToString(), "")).Trim();
        _begun.Clear();
        if (line.Length == 0)
        {
            return;
        }

        var next = StepOf(line);
        if (next is not null)
        {
            _last.Clear();
            Step = next;
        }
        else if (!Housekeeping().IsMatch(line))
        {
            _last.Enqueue(line);
        }

        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }

        _progress?.Report(next ?? Step with { Line = line });
    }

    // Docker: "Step 3/7 : RUN npm ci", where labels count as steps; Podman: "STEP 3/7: RUN npm ci", where they do not.
    private BuildProgress? StepOf(string line)
    {
        if (Beginning().Match(line) is not { Success: true } match)
        {
            return null;
        }

        var (step, steps) = (Number(match.Groups["step"]), Number(match.Groups["steps"]));
        return new BuildProgress(step, line.StartsWith("Step", StringComparison.Ordinal) ? Math.Max(step, steps - _added) : steps, match.Groups["what"].Value, null);
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    // "\u001b[91mnpm ERR!\u001b[0m": what a command writes to its standard error is sent in red.
    [GeneratedRegex(@"\e\[[0-9;]{0,20}m")]
    private static partial Regex Colour();

    // "---> Running in 5f2592585318", "---> Using cache", "Removing intermediate container 5f2592585318"
    [GeneratedRegex(@"\A(---> (Running in )?[0-9a-f]{12}\z|---> Using cache\z|Removing intermediate container )", RegexOptions.ExplicitCapture)]
    private static partial Regex Housekeeping();

    [GeneratedRegex(@"\ASTEP (?<step>[0-9]{1,6})/(?<steps>[0-9]{1,6}) ?: (?<what>.+)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Beginning();
}
