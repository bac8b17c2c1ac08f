using System.Diagnostics;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class OwnerIdentityTests
{
    private static readonly OwnerIdentity Me = OwnerIdentity.Current;

    [Fact]
    public void Current_Text_ReadsBackAndNamesThisProcess()
    {
        Assert.Equal(Me, OwnerIdentity.TryParse(Me.ToString()));
        Assert.Equal(Environment.ProcessId, Me.Process.Pid);
        Assert.Matches("^[0-9a-f]{16}$", Me.HostId);
        Assert.Equal(OwnerState.Alive, OwnerIdentity.Judge(Me.ToString()));
    }

    [Fact]
    public void Judge_ReusedPid_IsDead() =>
        Assert.Equal(OwnerState.Dead, OwnerIdentity.Judge((Me with { Process = Me.Process with { StartToken = "1" } }).ToString()));

    [Fact]
    public void Judge_EarlierBoot_IsDead() => Assert.Equal(OwnerState.Dead, OwnerIdentity.Judge((Me with { BootId = "earlier" }).ToString()));

    [Fact]
    public async Task Judge_EndedProcess_IsDead()
    {
        using var other = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "findstr" : "cat", OperatingSystem.IsWindows() ? "x" : "") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var owner = Me with { Process = ProcessTable.Identify(other.Id)! };
        Assert.Equal(OwnerState.Alive, OwnerIdentity.Judge(owner.ToString()));

        other.StandardInput.Close();
        await other.WaitForExitAsync();

        Assert.Equal(OwnerState.Dead, OwnerIdentity.Judge(owner.ToString()));
    }

    [Fact]
    public void Judge_OtherHost_IsUnknownWhateverRunsHere() =>
        Assert.Equal(OwnerState.Unknown, OwnerIdentity.Judge((Me with { HostId = "0123456789abcdef" }).ToString()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a/b/c/d")]
    [InlineData("a/b/1")]
    [InlineData("a/b/1/")]
    [InlineData("a/b/-1/2")]
    [InlineData("a/b/1/2/3")]
    public void Judge_OtherText_IsUnknown(string? owner) => Assert.Equal(OwnerState.Unknown, OwnerIdentity.Judge(owner));
}
