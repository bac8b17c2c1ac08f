using LocalZure.Cli.Output;
using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Tests.Output;

public sealed class ViewTests : IDisposable
{
    private static readonly Orphan First = new("Container", "localzure-blob", "1", "blob", null, "its start died", null, true);
    private static readonly Orphan Second = new("Network", "localzure-a", "22", null, "a", "nobody uses it", DateTimeOffset.UnixEpoch, false);

    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Table_RowByRow_HasOneHeaderAndAlignsWhatItKnows()
    {
        var view = new TableView(_output, new Paint(isOn: false));

        view.Write([First]);
        view.Flush();
        view.Write([Second with { CreatedAt = null }]);
        view.End();

        Assert.Equal(
            """
            Kind       Name            Removed  CreatedAt  Reason
            Container  localzure-blob  True                its start died
            Network    localzure-a     False               nobody uses it

            """.ReplaceLineEndings("\n"),
            _output.ToString());
    }

    [Fact]
    public void Table_OnATerminal_ColoursStates()
    {
        var view = new TableView(_output, new Paint(isOn: true));

        view.Write([new Service { Name = "blob", ContainerName = "localzure-blob", Mode = ServiceMode.Docker, State = ServiceState.Running }]);
        view.End();

        Assert.Contains("Docker  \u001b[32mRunning\u001b[0m  Unknown", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_TextThatATerminalWouldObey_IsShown()
    {
        var view = new TableView(_output, new Paint(isOn: true));

        view.Write([First with { Reason = "a\u001b]0;title\u0007\u202eb" }]);
        view.End();

        Assert.Contains("a␛]0;title␇<U+202E>b", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_OfNothing_IsEmpty()
    {
        var view = new TableView(_output, new Paint(isOn: false));

        view.Write<Orphan>([]);
        view.End();

        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData(0, false, "[]\n")]
    [InlineData(0, true, "")]
    [InlineData(1, true, "{\n  \"kind\": \"Container\"")]
    [InlineData(1, false, "[\n  {\n    \"kind\": \"Container\"")]
    public void Json_OfOneOrSeveral_IsAnObjectOrAnArray(int count, bool isOne, string beginning)
    {
        var view = new JsonView(_output, isOne);

        view.Write(Enumerable.Repeat(First, count).ToList());
        view.End();

        Assert.Equal(beginning, _output.ToString().ReplaceLineEndings("\n")[..beginning.Length]);
        Assert.Equal(beginning.Length > 3, _output.ToString().Length > 3);
    }

    [Fact]
    public void JsonLines_OfValues_HaveAllKeysAndWordsAndSeconds()
    {
        var view = new JsonLinesView(_output);

        view.Write([Second]);
        view.Write([new ProbeResult("http", "http://127.0.0.1:1/?a=b&c", ServiceHealthStatus.Healthy, TimeSpan.FromMilliseconds(1500), "it's ü")]);
        view.End();

        Assert.Equal(
            """
            {"kind":"Network","name":"localzure-a","id":"22","service":null,"instance":"a","reason":"nobody uses it","createdAt":"1970-01-01T00:00:00+00:00","removed":false}
            {"type":"http","target":"http://127.0.0.1:1/?a=b&c","status":"Healthy","latency":1.5,"message":"it's ü"}

            """.ReplaceLineEndings("\n"),
            _output.ToString());
    }

    [Fact]
    public void Text_OfALogLine_SaysWhenAndWhence()
    {
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);
        var view = new TextView(_output, new Paint(isOn: false));

        view.Write([new LogEntry(moment, "blob", "pr42", "localzure-blob-pr42", "stdout", "ready")]);
        view.Write(["ready"]);
        view.End();

        Assert.Equal($"{Display.Clock(moment)} blob-pr42 | ready\nready\n", _output.ToString());
    }

    [Fact]
    public void StatusLine_Updated_IsWrittenOverAndGoes()
    {
        var status = new StatusLine(_output, () => 30);

        status.Show(new ProgressUpdate(1, "localzure-blob", "Pulling: 12 of 30 MB", 40, Completed: false));
        status.Interrupt(() => _output.Write("warning: x\n"));
        status.Show(new ProgressUpdate(1, "a", "b", null, Completed: false));
        status.Show(new ProgressUpdate(1, "a", "b", null, Completed: true));
        status.Interrupt(() => { });

        Assert.Equal("\r\u001b[Klocalzure-blob  Pulling: 12 o\r\u001b[Kwarning: x\n\r\u001b[Ka  b\r\u001b[K", _output.ToString());
    }
}
