using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Tests.Ports;

public sealed class EphemeralPortsTests
{
    [Fact]
    public void Parse_LinuxSetting_IsTheRange() => Assert.Equal(new PortRange(32768, 60999), EphemeralPorts.Parse("32768\t60999\n"));

    [Theory]
    [InlineData("")]
    [InlineData("32768")]
    [InlineData("b a")]
    [InlineData("60999 32768")]
    public void Parse_SomethingElse_IsNothing(string text) => Assert.Null(EphemeralPorts.Parse(text));

    [Fact]
    public void Range_ThisMachine_LeavesSomeOfTheDefaultPortsAlone() => Assert.False(EphemeralPorts.Range.Contains(PortRange.Default.First));
}
