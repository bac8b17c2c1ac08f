using System.IO.Compression;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Two hundred secrets, quoted by services that fail: none is seen anywhere.</summary>
public sealed class SecretsTests
{
    private const int LinesOfAFailure = 20;

    [Theory, InDocker, OnHost]
    public async Task Start_ServicesThatQuoteSecretsAndFail_ShowNone(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var planted = PlantedSecrets.Create();
        Assert.Equal(200, planted.All.Count);
        var shown = new List<string>();
        var errors = 0;
        foreach (var lines in planted.Lines.Concat(planted.Quotes).Chunk(LinesOfAFailure))
        {
            var (error, seen) = await FailAsync(lab, planted, lines);
            Assert.Equal(ErrorCode.ContainerExited, error.Code);
            Assert.InRange(error.Evidence.Count, lines.Length, LinesOfAFailure);
            shown.AddRange([error.ToString(), error.Message, error.Remedy, .. error.Evidence, .. seen]);
            errors++;
        }

        Assert.Empty(planted.In(string.Join('\n', shown)));
        Assert.Equal(errors, (await lab.Engine.GetErrorsAsync(new ErrorQuery(), new RecordedEvents(), default)).Count);
        Assert.Empty(planted.In(await AllOfHomeAsync(lab)));
        Assert.Empty(planted.In(await BundleAsync(lab)));
        if (mode == ServiceMode.Docker)
        {
            Assert.Empty(planted.In(await Command.DockerAsync("inspect", "--format", "{{.Name}} {{json .Config.Labels}} {{json .Config.Cmd}} {{json .Args}}", lab.NameOf("leaky"))));
        }
    }

    [Theory, InDocker, OnHost]
    public async Task Start_ServiceThatRuns_ShowsNoneInLabelsAndProcesses(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var planted = PlantedSecrets.Create();

        var outcome = Assert.Single(await StartAsync(lab, planted, planted.Lines, "echo all is said; sleep 600 & wait", new RecordedEvents()));

        Assert.Null(outcome.Error);
        Assert.Empty(planted.In(await CommandLinesAsync()));
        Assert.Empty(planted.In(await BundleAsync(lab)));
        if (mode == ServiceMode.Docker)
        {
            Assert.Empty(planted.In(await Command.DockerAsync("inspect", "--format", "{{json .Config.Labels}}", lab.NameOf("leaky"))));
        }
        else
        {
            Assert.Empty(planted.In(await File.ReadAllTextAsync(Path.Combine(lab.Home, "hosts", $"{lab.NameOf("leaky")}.json"))));
        }
    }

    private static async Task<(LocalZureException Error, IEnumerable<string> Seen)> FailAsync(Lab lab, PlantedSecrets planted, IReadOnlyList<string> lines)
    {
        var events = new RecordedEvents();
        var outcome = Assert.Single(await StartAsync(lab, planted, lines, "exit 3", events));
        return (outcome.Error!, events.All.Select(value => value.ToString()));
    }

    // What the service says lies in a file that it mounts, so that nobody but the service itself can have told it.
    private static async Task<IReadOnlyList<ServiceOutcome>> StartAsync(Lab lab, PlantedSecrets planted, IReadOnlyList<string> lines, string end, RecordedEvents events)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"localzure-leaky-{lab.Instance}"));
        try
        {
            await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "lines.txt"), lines);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "localzure.yml"), $$"""
                project: leaks
                services:
                  leaky:
                    image: {{Requirements.BusyboxImage}}
                    command: [sh, -c, 'cat /said/lines.txt; {{end}}']
                    volumes: { ./: /said }
                    environment: { {{string.Join(", ", planted.Written.Select(pair => $"{pair.Key}: {pair.Value}"))}} }
                    ready: [ { log: "^all is said$" } ]
                    host: { command: [sh, -c, 'cat {{folder.FullName}}/lines.txt; {{end}}'] }
                """);
            return await lab.Engine.StartAsync(
                new StartRequest
                {
                    Names = ["leaky"],
                    Instance = lab.Instance,
                    Configuration = new ConfigurationRequest { Folder = folder.FullName },
                    Environment = planted.Given,
                    KeepOnFailure = true,
                },
                events,
                default);
        }
        finally
        {
            // A container that runs keeps what it has mounted; the lines were said by then.
            folder.Delete(recursive: true);
        }
    }

    // Everything but what a host process has written itself: its output is its own.
    private static async Task<string> AllOfHomeAsync(Lab lab)
    {
        var logs = Path.Combine(lab.Home, "logs");
        var tools = Path.Combine(lab.Home, "tools");
        var files = Directory.EnumerateFiles(lab.Home, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(logs, StringComparison.Ordinal) && !file.StartsWith(tools, StringComparison.Ordinal));
        return string.Join('\n', await Task.WhenAll(files.Select(file => File.ReadAllTextAsync(file))));
    }

    private static async Task<string> BundleAsync(Lab lab)
    {
        var path = Path.Combine(lab.Home, $"{Guid.NewGuid():n}.zip");
        await lab.Engine.WriteReportAsync(new ReportRequest { Path = path }, default);
        using var archive = ZipFile.OpenRead(path);
        Assert.Contains(archive.Entries, entry => entry.FullName.StartsWith($"logs/{lab.NameOf("leaky")}.log", StringComparison.Ordinal) && entry.Length > 0);
        return string.Join('\n', archive.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }

    private static async Task<string> CommandLinesAsync()
    {
        var lines = new List<string>();
        foreach (var folder in OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc") : [])
        {
            try
            {
                lines.Add(File.Exists(Path.Combine(folder, "cmdline")) ? await File.ReadAllTextAsync(Path.Combine(folder, "cmdline")) : "");
            }
            catch (IOException)
            {
                // It has ended in the meantime.
            }
        }

        return string.Join('\n', lines);
    }
}
