using LocalZure.Engine.Journal;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Journal;

public sealed class JournalReaderTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task ReadAsync_EachFilter_LeavesWhatItNames()
    {
        await AppendAsync(
            Entry(1) with { Service = "blob" },
            Entry(2) with { Service = "blob", Instance = "x", Severity = ErrorSeverity.Low },
            Entry(3) with { Service = "queue", Category = ErrorCategory.Registry },
            Entry(4));

        Assert.Equal("1,2,3,4", await ReadAsync(new ErrorQuery()));
        Assert.Equal("1,2", await ReadAsync(new ErrorQuery { Names = ["b*"] }));
        Assert.Equal("1,2,3", await ReadAsync(new ErrorQuery { Names = ["QUEUE", "blob"] }));
        Assert.Equal("2", await ReadAsync(new ErrorQuery { Instance = "x" }));
        Assert.Equal("1,3", await ReadAsync(new ErrorQuery { Instance = "" }));
        Assert.Equal("2", await ReadAsync(new ErrorQuery { Severities = [ErrorSeverity.Low, ErrorSeverity.Critical] }));
        Assert.Equal("3", await ReadAsync(new ErrorQuery { Categories = [ErrorCategory.Registry] }));
        Assert.Equal("3,4", await ReadAsync(new ErrorQuery { Since = Entry(3).Time }));
        Assert.Equal("2", await ReadAsync(new ErrorQuery { Names = ["blob"], Last = 1 }));
        Assert.Equal("", await ReadAsync(new ErrorQuery { Last = 0 }));
    }

    [Fact]
    public async Task ReadAsync_DamagedLine_IsAWarning()
    {
        await AppendAsync(Entry(1));
        await File.AppendAllTextAsync(_home.File("errors", "errors.jsonl"), "rubbish\n");
        var events = new RecordedEvents();

        await new JournalReader(Journal()).ReadAsync(new ErrorQuery(), events, default);

        Assert.Equal(["One line of the journal cannot be read and is left out; Clear-LzError empties it."], events.Warnings);
    }

    [Fact]
    public void Group_OneCauseOverManyServices_IsOneGroup()
    {
        var groups = JournalReader.Group(
        [
            Failure(1, "sql", ErrorCode.DockerApiError, "Docker could not create the container 'localzure-sql': no (pid 17)."),
            Failure(2, "servicebus", ErrorCode.DependencyFailed, "servicebus was not started.", "DockerApiError: Docker could not create the container 'localzure-sql': no (pid 17).", "HttpRequestException: reset"),
            Failure(3, "blob", ErrorCode.DockerApiError, "Docker could not create the container 'localzure-blob': no (pid 4711)."),
        ]);

        var group = groups.Single(group => group.Services.Contains("blob"));
        Assert.Equal(("DockerApiError", 2, "blob, sql", Entry(1).Time, Entry(3).Time), (group.ErrorId, group.Count, string.Join(", ", group.Services), group.First, group.Last));
        Assert.All(groups, each => Assert.Equal("DockerApiError", each.ErrorId));
    }

    [Fact]
    public void Group_NoDockerForManyAndOneThatNeedsThem_IsOneGroup()
    {
        const string message = "No Docker endpoint answers.";
        var groups = JournalReader.Group(
        [
            Failure(1, "sql", ErrorCode.DockerUnavailable, message),
            Failure(2, "kusto", ErrorCode.DockerUnavailable, message),
            Failure(3, "servicebus", ErrorCode.DependencyFailed, "servicebus was not started: sql, which it needs, failed with DockerUnavailable.", $"DockerUnavailable: {message}"),
        ]);

        var group = Assert.Single(groups);
        Assert.Equal(("DockerUnavailable", ErrorCategory.Docker, ErrorSeverity.Critical, 3, "kusto, servicebus, sql", message), (group.ErrorId, group.Category, group.Severity, group.Count, string.Join(", ", group.Services), group.Message));
        Assert.Equal(ErrorDescriptions.For(ErrorCode.DockerUnavailable).Remedy, group.Remedy);
    }

    [Fact]
    public void Group_WhatEachServiceDidByItself_AreGroupsOfTheirOwn() => Assert.Equal(
        ["ContainerExited (2)", "ContainerExited (1)"],
        JournalReader.Group(
        [
            Failure(1, "blob", ErrorCode.ContainerExited, "The container of blob ended with exit code 1 while it was starting."),
            Failure(2, "blob", ErrorCode.ContainerExited, "The container of blob ended with exit code 1 while it was starting."),
            Failure(3, "queue", ErrorCode.ContainerExited, "The container of queue ended with exit code 1 while it was starting."),
        ]).Select(group => group.ToString()));

    private static ErrorEntry Entry(int number) => ErrorJournalTests.Entry(number);

    private static ErrorEntry Failure(int number, string service, ErrorCode code, string message, params string[] causes)
    {
        var description = ErrorDescriptions.For(code);
        return Entry(number) with { Service = service, ErrorId = code.ToString(), Message = message, Causes = causes, Category = description.Category, Severity = description.Severity, Remedy = description.Remedy };
    }

    private ErrorJournal Journal() => new(_home.Path, TimeProvider.System);

    private Task AppendAsync(params ErrorEntry[] entries) => Journal().AppendAsync(entries, default);

    private async Task<string> ReadAsync(ErrorQuery query) =>
        string.Join(',', (await new JournalReader(Journal()).ReadAsync(query, new RecordedEvents(), default)).Select(entry => entry.Message));
}
