using LocalZure.Engine.Containers;
using LocalZure.Engine.Logs;

namespace LocalZure.Engine.Tests.Logs;

public sealed class ResumePointTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Again_NothingRead_IsNull()
    {
        var point = new ResumePoint();

        Assert.Null(point.Again());
        Assert.Null(point.Since);
    }

    // Wherever a log is cut, the two parts together are the log: with lines of one stamp, with lines that go back, over many seconds.
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 1, 1, 2, 2, 2)]
    [InlineData(5, 3, 4, 5, 3)]
    [InlineData(0, 400, 900, 1100, 1050, 1100, 2500, 2400, 2500, 5000, 5000, 4900, 9000)]
    [InlineData(0, 10_000, 9_500, 20_000, 20_000)]
    public void Again_LogCutAnywhere_GivesTheRestWithoutGapOrDouble(params int[] milliseconds)
    {
        var log = milliseconds.Select((time, index) => Line(time, $"{index}")).ToList();
        for (var cut = 0; cut <= log.Count; cut++)
        {
            var point = new ResumePoint();
            point.BeginAt(null);
            log.Take(cut).ToList().ForEach(point.Read);

            Assert.Equal(log.Skip(cut), Rest(log, point));
        }
    }

    [Fact]
    public void Again_CutTwice_StillGivesTheRest()
    {
        var log = Enumerable.Range(0, 100).Select(index => Line(index * 90 / 100 * 100, $"{index}")).ToList();
        var point = new ResumePoint();
        log.Take(40).ToList().ForEach(point.Read);
        Rest(log.Take(70).ToList(), point).ToList().ForEach(point.Read);

        Assert.Equal(log.Skip(70), Rest(log, point));
    }

    [Fact]
    public void Again_LogWasRotatedMeanwhile_LeavesOutNothingNew()
    {
        var log = Enumerable.Range(0, 50).Select(index => Line(index * 100, $"{index}")).ToList();
        var point = new ResumePoint();
        log.Take(30).ToList().ForEach(point.Read);

        Assert.Equal(log.Skip(30), Rest(log.Skip(28).ToList(), point));
        Assert.Equal(log.Skip(40), Rest(log.Skip(40).ToList(), point));
    }

    [Fact]
    public void BeginAfter_LastLine_LeavesOutAllUpToIt()
    {
        var log = Enumerable.Range(0, 5).Select(index => Line(index, $"{index}")).ToList();
        var point = new ResumePoint();
        point.BeginAfter(log[2]);
        Assert.Equal(log.Skip(3), Rest(log, point));

        point.Read(log[3]);
        Assert.Equal(log.Skip(4), Rest(log, point));
    }

    private static ContainerLogLine Line(int milliseconds, string text) => new(Noon.AddMilliseconds(milliseconds), false, text);

    // As the daemon does it: what is not older than the bound, in the order of the log.
    private static List<ContainerLogLine> Rest(IReadOnlyList<ContainerLogLine> log, ResumePoint point)
    {
        var before = point.Again();
        return log.Where(line => !(line.Timestamp < point.Since)).Where(line => before?.Contains(line) != true).ToList();
    }
}
