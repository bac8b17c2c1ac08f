using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Tests.Ports;

public sealed class ReservedPortsTests
{
    // As Windows 11 prints it; the words differ from language to language.
    private const string Output = """

        Protocol tcp Port Exclusion Ranges

        Start Port    End Port
        ----------    --------
                80          80
              5357        5357
             10000       10099
             50000       50059     *

        * - Administered port exclusions.

        """;

    [Theory]
    [InlineData(80, 80, 80)]
    [InlineData(10042, 10000, 10099)]
    [InlineData(50059, 50000, 50059)]
    public void FindExcluded_PortOfARow_IsThatRange(int port, int first, int last) => Assert.Equal(new PortRange(first, last), ReservedPorts.FindExcluded(Output, port));

    [Theory]
    [InlineData(81)]
    [InlineData(10100)]
    public void FindExcluded_OtherPort_IsNothing(int port) => Assert.Null(ReservedPorts.FindExcluded(Output, port));
}
