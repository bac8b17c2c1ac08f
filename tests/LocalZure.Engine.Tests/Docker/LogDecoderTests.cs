using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Logs;
using static LocalZure.Engine.Tests.Docker.LogFrames;

namespace LocalZure.Engine.Tests.Docker;

public sealed class LogDecoderTests
{
    public static TheoryData<int> Sizes => new([1, 2, 3, 7, 8, 9, 16, 40, 64, 1000, 100_000]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decode_AnyCutOfTheBytes_GivesTheSameLines(int size)
    {
        var log = Join(
            Frame(1, $"{Time} grüß gott 😀\n"),
            Frame(2, $"{Time} error\r\n"),
            Frame(1, $"{Time} part one, "),
            Frame(2, $"{Time} between\n"),
            Frame(1, $"{Time} part two\n"),
            Frame(1, $"{Time} \n"),
            Frame(2, $"{Time} a\n{Time} b\n"),
            Frame(1, $"{Time} no end"));

        var lines = Decode(log, size, framed: true);

        Assert.Equal(
            [Line("grüß gott 😀"), Line("error", true), Line("between", true), Line("part one, part two"), Line(""), Line("a", true), Line("b", true), Line("no end")],
            lines);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decode_CharacterCutByFrames_IsWhole(int size)
    {
        var bytes = Encoding.UTF8.GetBytes("😀");
        var log = Join(
            Frame(1, [.. Encoding.UTF8.GetBytes(Time + " "), bytes[0], bytes[1]]),
            Frame(1, [.. Encoding.UTF8.GetBytes(Time + " "), bytes[2], bytes[3], (byte)'\n']));

        Assert.Equal([Line("😀")], Decode(log, size, framed: true));
    }

    [Fact]
    public void Decode_InvalidBytes_AreReplaced() =>
        Assert.Equal([Line("a\uFFFDb")], Decode(Frame(1, [.. Encoding.UTF8.GetBytes(Time + " "), (byte)'a', 0xFF, (byte)'b', (byte)'\n']), 1000, framed: true));

    [Fact]
    public void Decode_NewTimeAfterAnUnfinishedLine_BeginsALine()
    {
        var log = Join(Frame(1, $"{Time} killed here"), Frame(1, "2026-11-21T03:11:23Z started again\n"));

        var lines = Decode(log, 1000, framed: true);

        Assert.Equal([Line("killed here"), new ContainerLogLine(Timestamp.AddTicks(-1234567).AddSeconds(1), false, "started again")], lines);
    }

    [Fact]
    public void Decode_PiecesWithTimesOfTheirOwn_AreJoinedWhereTheEngineDoesThat()
    {
        var log = Join(Frame(1, $"{Time} one, "), Frame(1, "2026-11-21T05:11:23.000000000+02:00 two\n"));

        Assert.Equal([Line("one, two")], Decode(log, 1000, framed: true, piecesShareTimestamp: false));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decode_TerminalWithALongLine_JoinsItsPieces(int size)
    {
        var log = Encoding.UTF8.GetBytes($"{Time} {new string('a', 16384)}{Time} {new string('b', 16384)}{Time} c\r\n{Time} d\r\n");

        var lines = Decode(log, size, framed: false);

        Assert.Equal([Line(new string('a', 16384) + new string('b', 16384) + "c"), Line("d")], lines);
    }

    [Fact]
    public void Decode_LineWithoutEnd_ComesInPartsAndLosesNothing()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("ü", LogLineAssembler.MaxLine));
        var frames = text.Chunk(16000).Select(piece => Frame(1, $"{Time} {new string(piece)}")).Append(Frame(1, $"{Time} \n")).Append(Frame(1, $"{Time} next\n"));

        var lines = Decode(Join([.. frames]), 50_000, framed: true);

        Assert.Equal("next", lines[^1].Text);
        Assert.Equal(text, string.Concat(lines.SkipLast(1).Select(line => line.Text)));
        Assert.All(lines, line => Assert.Equal(Timestamp, line.Timestamp));
        Assert.InRange(lines.Count, 4, 5);
    }

    [Fact]
    public void Decode_SystemError_IsThrownWithItsText()
    {
        var failure = Assert.Throws<InvalidDataException>(() => Decode(Frame(3, "error from daemon in stream: Error grabbing logs: EOF"), 1000, framed: true));

        Assert.Contains("Error grabbing logs: EOF", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_NoFrames_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => Decode(Encoding.UTF8.GetBytes("<html>what a proxy says instead of the log, in many words</html>"), 1000, framed: true));

    [Fact]
    public void Decode_ManyLines_KeepsNothing()
    {
        var decoder = new LogDecoder(framed: true, piecesShareTimestamp: true);
        var data = Join([.. Enumerable.Repeat(Frame(1, $"{Time} line\n"), 100)]);
        var lines = new List<ContainerLogLine>();

        Assert.Equal(data.Length, decoder.Decode(data, lines));

        Assert.Equal(100, lines.Count);
        Assert.False(decoder.InsideFrame);
    }

    private static ContainerLogLine Line(string text, bool isError = false) => new(Timestamp, isError, text);

    private static List<ContainerLogLine> Decode(byte[] log, int size, bool framed, bool piecesShareTimestamp = true)
    {
        var decoder = new LogDecoder(framed, piecesShareTimestamp);
        var lines = new List<ContainerLogLine>();
        var kept = Array.Empty<byte>();
        foreach (var chunk in log.Chunk(size))
        {
            byte[] data = [.. kept, .. chunk];
            kept = data[decoder.Decode(data, lines)..];
        }

        Assert.Empty(kept);
        decoder.Finish(lines);
        return lines;
    }
}
