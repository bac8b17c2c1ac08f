using System.Text.Json.Nodes;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

/// <summary>What becomes of the notes of resets whose services are gone.</summary>
public sealed class ResetNotesTests : IDisposable
{
    private static readonly ServiceKey Mine = new("mine", "pr1");

    private readonly TestEngine _engine = new();

    public ResetNotesTests() => _engine.Runtime.Machine = _engine.Runtime.Machine with { Id = "one" };

    private ResetNotes Notes => _engine.Services.Resets;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task ReadAsync_WhatWasWritten_IsTheSame()
    {
        await WriteAsync(Mine);

        var note = await Notes.ReadAsync(Mine, default);

        Assert.Equal((Mine, "one", "demo:1", "op"), (note!.Key, note.Engine, note.Image, note.Operation));
    }

    [Theory]
    [InlineData("files", """{"/a":"no Base64!"}""")]
    [InlineData("volumes", """{"v":null}""")]
    [InlineData("service", "\"other\"")]
    public async Task ReadAsync_SomethingElse_IsStateCorrupt(string name, string value)
    {
        await WriteAsync(Mine);
        var note = JsonNode.Parse(await File.ReadAllTextAsync(Notes.FileOf(Mine)))!;
        note[name] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(Notes.FileOf(Mine), note.ToJsonString());

        var error = await Assert.ThrowsAsync<LocalZureException>(() => Notes.ReadAsync(Mine, default));

        Assert.Equal(ErrorCode.StateCorrupt, error.Code);
    }

    [Fact]
    public async Task Forget_AlsoRemovesWhatAKilledWriteHasLeft()
    {
        await WriteAsync(Mine);
        await WriteAsync(Mine with { Instance = "pr10" });
        await File.WriteAllTextAsync(Notes.FileOf(Mine) + ".0123.tmp", "half");

        Notes.Forget(Mine);

        Assert.Equal([Notes.FileOf(Mine with { Instance = "pr10" })], Directory.GetFiles(_engine.Home.File("resets")));
    }

    [Fact]
    public async Task RemoveEnvironment_ForgetsThoseOfServicesOfAProjectsOwn()
    {
        await WriteAsync(Mine);
        await WriteAsync(Mine with { Instance = "pr2" });
        var stop = new StopCommand(_engine.Runtimes, _engine.Services, _engine.Host);

        await new EnvironmentRemover(_engine.Reader, stop, _engine.Services).RemoveAsync("pr1", null, withDocker: false, _engine.Events, default);

        Assert.False(Notes.Has(Mine));
        Assert.True(Notes.Has(Mine with { Instance = "pr2" }));
    }

    [Fact]
    public async Task RemoveOrphans_ForgetsThoseOfServicesOfWhichNothingIsLeft()
    {
        var withVolume = new ServiceKey("volume", null);
        var withContainer = new ServiceKey("demo", null);
        var elsewhere = new ServiceKey("elsewhere", null);
        var underWay = new ServiceKey("busy", null);
        var unknown = new ServiceKey("unknown", null);
        foreach (var key in new[] { Mine, withVolume, withContainer, underWay })
        {
            await WriteAsync(key);
        }

        await WriteAsync(elsewhere, "two");
        await WriteAsync(unknown, null);
        _engine.AddOurs(TestServices.Desired());
        _engine.Runtime.AddVolume(withVolume.VolumeName("data"), new Dictionary<string, string>());
        await using var held = await FileLock.AcquireAsync(_engine.Services.RestartLockFile(underWay), TimeSpan.Zero, _engine.Time, default);

        await new OrphanCommand(_engine.Runtimes, _engine.Services, _engine.Host, _engine.EnvironmentUses).RemoveAsync([], _engine.Events, default);

        Assert.False(Notes.Has(Mine));
        Assert.All([withVolume, withContainer, elsewhere, underWay, unknown], key => Assert.True(Notes.Has(key)));
    }

    private Task WriteAsync(ServiceKey key) => WriteAsync(key, "one");

    private Task WriteAsync(ServiceKey key, string? engine)
    {
        var volumes = new Dictionary<string, IReadOnlyDictionary<string, string>> { [key.VolumeName("data")] = new Dictionary<string, string>() };
        var note = new ResetNote(key.ContainerName, "op", "before", [], new Dictionary<string, string>(), volumes, false)
        {
            Service = key.Name,
            Instance = key.Instance,
            Image = "demo:1",
            Engine = engine,
        };
        return Notes.WriteAsync(key, note, default);
    }
}
