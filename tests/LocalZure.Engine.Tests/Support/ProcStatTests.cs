using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class ProcStatTests
{
    private const string Rest = "7 4711 4700 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 200 1844";
    private const string OtherThreadsRun = "7 4711 4700 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 3 0 987654 1000 200 1844";

    [Theory]
    [InlineData("(sleep) S", false)]
    [InlineData("(a name) with ( ) (x) R", false)]
    [InlineData("() ) Z", true)]
    [InlineData("(x) X", true)]
    public void TryParse_AnyName_FindsTheFields(string nameAndState, bool hasEnded)
    {
        Assert.True(ProcStat.TryParse($"4711 {nameAndState} {Rest}\n", out var row));

        Assert.Equal(new ProcessRow(new ProcessIdentity(4711, "987654"), 7, 4700, hasEnded), row);
    }

    [Fact]
    public void TryParse_ZombieWhoseOtherThreadsRun_HasNotEnded()
    {
        Assert.True(ProcStat.TryParse($"4711 (node) Z {OtherThreadsRun}", out var row));

        Assert.False(row.HasEnded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711 sleep S 1 2 3")]
    [InlineData("4711 (sleep) S 1 2 3")]
    [InlineData("x (sleep) S " + Rest)]
    public void TryParse_OtherText_IsNoRow(string text) => Assert.False(ProcStat.TryParse(text, out _));
}
