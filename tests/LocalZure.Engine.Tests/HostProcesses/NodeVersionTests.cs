using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Tests.HostProcesses;

public sealed class NodeVersionTests
{
    [Theory]
    [InlineData("v20.20.2", 20)]
    [InlineData("v9.0.0", 9)]
    [InlineData("20.20.2", null)]
    [InlineData("v.1", null)]
    [InlineData("", null)]
    public void Parse_Output_GivesTheMajor(string line, int? expected) => Assert.Equal(expected, NodeVersion.Parse(line));

    [Theory]
    [InlineData(">=22.0.0", 20, false)]
    [InlineData(">=22.0.0", 22, true)]
    [InlineData(">= 10", 20, true)]
    [InlineData(null, 20, true)]
    [InlineData("^18 || ^20", 20, true)]
    public void Allows_Range_ComparesPlainMinimums(string? range, int major, bool expected) => Assert.Equal(expected, NodeVersion.Allows(range, major));
}
