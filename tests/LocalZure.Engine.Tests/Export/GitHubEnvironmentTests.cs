using LocalZure.Engine.Export;

namespace LocalZure.Engine.Tests.Export;

public sealed class GitHubEnvironmentTests
{
    [Fact]
    public void Entries_HardValues_AreReadBackByTheRulesOfTheRunner()
    {
        var variables = Variables.Numbered([.. Variables.Hard, .. Variables.Unlike]);

        var read = Parse("OTHER=1\n" + GitHubEnvironment.Entries(variables));

        Assert.Equal([("OTHER", "1"), .. variables.Select(variable => (variable.Name, variable.Value))], read);
    }

    [Fact]
    public void Entries_TwoCalls_ChooseOtherDelimiters()
    {
        var variable = Variables.Of("A", "x");

        Assert.NotEqual(GitHubEnvironment.Entries([variable]), GitHubEnvironment.Entries([variable]));
    }

    [Fact]
    public void Mask_PercentAndLineEnds_AreEscaped() => Assert.Equal("::add-mask::100%25%0D%0Aa;b:c", GitHubEnvironment.Mask("100%\r\na;b:c"));

    // "{name}={value}", or "{name}<<{delimiter}", lines of the value, and "{delimiter}" on a line of its own.
    private static List<(string Name, string Value)> Parse(string text)
    {
        var result = new List<(string, string)>();
        var lines = new Queue<string>(text.Split('\n')[..^1]);
        while (lines.TryDequeue(out var line))
        {
            var (sign, arrows) = (line.IndexOf('=', StringComparison.Ordinal), line.IndexOf("<<", StringComparison.Ordinal));
            if (arrows >= 0 && (sign < 0 || arrows < sign))
            {
                var value = new List<string>();
                while (lines.Dequeue() is var next && next != line[(arrows + 2)..])
                {
                    value.Add(next);
                }

                result.Add((line[..arrows], string.Join('\n', value)));
            }
            else
            {
                result.Add((line[..sign], line[(sign + 1)..]));
            }
        }

        return result;
    }
}
