using System.IO.Compression;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Doctor.Bundle;
using LocalZure.Engine.Journal;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Doctor;

public sealed class SupportBundleTests : IDisposable
{
    private readonly TestEngine _engine = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WriteAsync_ContainerAndJournal_AreToldWithoutSecrets()
    {
        var demo = TestServices.Desired() with
        {
            Environment = new Dictionary<string, string>
            {
                ["DB_PASSWORD"] = "planted-one",
                ["NEUTRAL"] = "planted-two",
                ["URL"] = "postgres://me:planted-3@h/db",
                ["NODE_VERSION"] = "20.1.0",
                ["ACCEPT_EULA"] = "Y",
                ["LONG"] = "planted-line-1\nplanted-line-2",
            },
        };
        var container = _engine.AddOurs(demo);
        container.Write("DB_PASSWORD planted-one; neutral planted-two; url planted-3; planted-line-2; cGxhbnRlZC1vbmU= harmless 84f9172f9ec5");
        await Journal().AppendAsync([Tests.Journal.ErrorJournalTests.Entry(1) with { Message = "It quoted planted-two.", Evidence = ["and planted-one"] }], default);

        var files = await WriteAsync(new ReportRequest { Path = _folder.File("report.zip"), Checks = [new CheckResult("Docker", CheckStatus.Failed, "Bad.", "Mend it.") { Details = ["tried planted-two"] }] });

        Assert.Equal(["README.txt", "checks.txt", "configuration.txt", "containers/localzure-demo.json", "errors.txt", "logs/localzure-demo.log", "networks.txt", "services.txt", "versions.txt", "volumes.txt"], files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files.Values, text => Assert.DoesNotContain("planted", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(files.Values, text => Assert.DoesNotContain("cGxhbnRlZC1", text, StringComparison.Ordinal));
        Assert.Contains("harmless 84f9172f9ec5", files["logs/localzure-demo.log"], StringComparison.Ordinal);
        var environment = System.Text.Json.JsonDocument.Parse(files["containers/localzure-demo.json"]).RootElement.GetProperty("environment");
        Assert.Equal(("***", "***", "20.1.0", "Y"), (environment.GetProperty("DB_PASSWORD").GetString(), environment.GetProperty("NEUTRAL").GetString(), environment.GetProperty("NODE_VERSION").GetString(), environment.GetProperty("ACCEPT_EULA").GetString()));
        Assert.Contains("Fix: Mend it.", files["checks.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_FileThatIsThere_IsLeftUnlessAskedFor()
    {
        var path = _folder.File("report.zip");
        await File.WriteAllTextAsync(path, "mine");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => WriteAsync(new ReportRequest { Path = path }));

        Assert.Equal((ErrorCode.ParameterInvalid, "mine"), (error.Code, await File.ReadAllTextAsync(path)));
        Assert.NotEmpty(await WriteAsync(new ReportRequest { Path = path, Overwrite = true }));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SupportBundle.WriteAsync(new ReportRequest { Path = _folder.File("report.zip") }, Collector(), stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task WriteAsync_WithoutDocker_TellsTheRest()
    {
        _engine.Connector.Runtime = null;

        var files = await WriteAsync(new ReportRequest { Path = _folder.File("report.zip") });

        Assert.Contains("no container engine: No Docker endpoint answered.", files["versions.txt"], StringComparison.Ordinal);
    }

    private ErrorJournal Journal() => new(_engine.Home.Path, TimeProvider.System);

    private BundleCollector Collector() => new(Patients.Options(_engine), _engine.Reader, new ServiceLogReader(_engine.Reader, _engine.Host), Journal());

    private async Task<Dictionary<string, string>> WriteAsync(ReportRequest request)
    {
        await SupportBundle.WriteAsync(request, Collector(), default);
        using var archive = ZipFile.OpenRead(request.Path);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
