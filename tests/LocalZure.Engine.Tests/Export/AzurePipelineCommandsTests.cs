using System.Text.RegularExpressions;
using LocalZure.Engine.Export;

namespace LocalZure.Engine.Tests.Export;

public sealed class AzurePipelineCommandsTests
{
    [Fact]
    public void Set_HardValues_AreOneLineThatTheAgentReadsBack()
    {
        foreach (var value in Variables.Hard.Concat(Variables.Unlike))
        {
            var line = AzurePipelineCommands.Set("A", value, isSecret: true);

            var match = Regex.Match(line, @"\A##vso\[task\.setvariable variable=A;issecret=true\](?<data>[^\r\n]*)\z");
            Assert.True(match.Success, line);
            Assert.Equal(value, Unescape(match.Groups["data"].Value));
        }
    }

    [Fact]
    public void Set_ANameThatEndsTheProperties_IsEscaped() => Assert.Equal("##vso[task.setvariable variable=A%5D%3B%AZP25]x", AzurePipelineCommands.Set("A];%", "x", isSecret: false));

    [Fact]
    public void Mask_PercentAndLineEnds_AreEscaped() => Assert.Equal("##vso[task.setsecret]1%AZP252%0D%0A]", AzurePipelineCommands.Mask("1%2\r\n]"));

    private static string Unescape(string data) => Regex.Replace(data, "%(AZP25|0D|0A)", match => match.Groups[1].Value switch { "0D" => "\r", "0A" => "\n", _ => "%" });
}
