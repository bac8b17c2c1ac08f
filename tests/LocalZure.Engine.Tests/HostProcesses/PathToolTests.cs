using System.Runtime.Versioning;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

[UnsupportedOSPlatform("windows")]
public sealed class PathToolTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [UnixFact]
    public async Task Ensure_OnPath_TellsItsVersionAndPlace()
    {
        var path = Program("bin", "echo 'demo server v=7.0.15 sha=0:0'");

        var location = await Tool("bin").EnsureAsync(null, CancellationToken.None);

        Assert.Equal(new HostToolLocation("demo@7.0.15", path, Path.GetDirectoryName(path)!, false), location);
    }

    [UnixFact]
    public async Task Ensure_InAFolderPerVersion_TakesTheNewest()
    {
        Program("lib/9/bin", "echo demo 9.6");
        var newest = Program("lib/15/bin", "echo 'demo (Demo) 15.18 (Debian 15.18-0+deb12u1)'; exit 3");

        var location = await Tool("nowhere").EnsureAsync(null, CancellationToken.None);

        Assert.Equal(("demo@15.18", newest), (location.Program, location.FileName));
    }

    [UnixFact]
    public async Task Ensure_NotThere_SaysHowToInstallIt()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => Tool("nowhere").EnsureAsync(null, CancellationToken.None));

        Assert.Equal(
            (ErrorCode.HostToolMissing, "The program 'demo', which Demo runs on, is neither on PATH nor where it is usually installed.", "Install Demo (apt install demo), or start Docker."),
            (error.Code, error.Message, error.Remedy));
    }

    [UnixFact]
    public async Task Ask_ProgramThatHangs_IsEndedAndNamed()
    {
        var path = Program("bin", "exec sleep 7777");

        var error = await Assert.ThrowsAsync<LocalZureException>(() =>
            ProgramVersion.AskAsync(path, "--version", TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None).WaitAsync(Eventually.Deadline));

        Assert.Equal(
            (ErrorCode.HostToolMissing, $"The program '{path}' was asked for its version with '--version' and did not answer within 0.2 s."),
            (error.Code, error.Message));
    }

    [UnixFact]
    public async Task Ask_Cancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var asked = ProgramVersion.AskAsync(Program("bin", "exec sleep 7777"), "--version", Eventually.Deadline * 10, TimeProvider.System, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Eventually.Deadline));
    }

    [UnixFact]
    public async Task Ensure_SaysNoVersion_IsNotTakenForIt()
    {
        Program("bin", "echo 'something else' >&2; exit 1");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => Tool("bin").EnsureAsync(null, CancellationToken.None));

        Assert.Equal((ErrorCode.HostToolMissing, 1), (error.Code, error.ExitCode));
        Assert.Equal(["something else"], error.Evidence);
    }

    [Theory]
    [InlineData("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64", "7.0.15")]
    [InlineData("mosquitto version 2.0.11", "2.0.11")]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15.18")]
    [InlineData("no version", null)]
    public void VersionIn_Line_IsTheFirstNumberOfParts(string line, string? version) => Assert.Equal(version, PathTool.VersionIn([line]));

    public void Dispose() => _folder.Dispose();

    private string Program(string folder, string script)
    {
        var path = Path.Combine(_folder.Path, folder, "demo");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private PathTool Tool(string path) => new(
        new PathProgram { Name = "demo", DisplayName = "Demo", VersionArgument = "--version", InstallHint = "apt install demo", Folders = [Path.Combine(_folder.Path, "lib", "*", "bin")] },
        new EnvironmentSnapshot([new("PATH", Path.Combine(_folder.Path, path))]));
}
