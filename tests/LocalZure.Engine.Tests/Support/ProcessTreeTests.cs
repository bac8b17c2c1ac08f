using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class ProcessTreeTests
{
    private static readonly ProcessIdentity Head = new(100, "5");

    [Fact]
    public void Members_ChildrenSessionsAndTheirs_AreAllFoundAndNothingElse()
    {
        ProcessRow[] rows =
        [
            Row(1, 0, 1), Row(50, 1, 50), Row(100, 50, 100), Row(101, 100, 100), Row(102, 101, 102),
            Row(103, 1, 102), Row(104, 1, 100), Row(105, 103, 105), Row(106, 50, 50), Row(107, 100, 100, ended: true),
        ];

        var members = ProcessTree.Members([Head], rows);

        Assert.Equal([100, 101, 102, 103, 104, 105], members.Select(member => member.Pid));
    }

    [Fact]
    public void Members_PidGivenAnew_IsNotAMember()
    {
        var members = ProcessTree.Members([Head], [new ProcessRow(new ProcessIdentity(100, "9"), 1, 50, false)]);

        Assert.Empty(members);
    }

    private static ProcessRow Row(int pid, int parent, int session, bool ended = false) =>
        new(new ProcessIdentity(pid, "5"), parent, session, ended);
}
