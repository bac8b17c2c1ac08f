using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class ProfileCheckTests
{
    private static readonly DesiredService ForTest = TestServices.Desired() with { IsForTest = true, Lifetime = ServiceLifetime.Session };

    [Fact]
    public void Check_TestProfileOverWhatRunsForGood_IsRefused()
    {
        var error = Assert.Throws<LocalZureException>(() => ProfileCheck.Check([ForTest], Running(ServiceLifetime.Persistent)));

        Assert.Equal((ErrorCode.ParameterInvalid, "demo runs already and would be replaced by what the profile test starts, which ends with this session."), (error.Code, error.Message));
        Assert.Contains("-Instance", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NothingInTheWay_Passes()
    {
        ProfileCheck.Check([ForTest], Running(ServiceLifetime.Session));
        ProfileCheck.Check([ForTest with { IsForTest = false }], Running(ServiceLifetime.Persistent));
        ProfileCheck.Check([ForTest with { Key = new ServiceKey("demo", "t1") }], Running(ServiceLifetime.Persistent));
        ProfileCheck.Check([ForTest], Running(ServiceLifetime.Persistent, runs: false));
    }

    private static ObservedState Running(ServiceLifetime lifetime, bool runs = true)
    {
        var entry = TestServices.Entry(TestServices.Desired(), new ProcessIdentity(7, "1")) with { Lifetime = lifetime };
        return new ObservedState([], [new ObservedHostProcess(entry, runs, null)], new Dictionary<string, OwnerState>());
    }
}
