using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

/// <summary>Files in containers of the daemon of this machine.</summary>
[Trait("Needs", "engine")]
public sealed class RealDaemonFileTests : IClassFixture<DockerDaemonFixture>
{
    private readonly DockerDaemonFixture _daemon;

    public RealDaemonFileTests(DockerDaemonFixture daemon) => _daemon = daemon;

    private static CancellationToken None => CancellationToken.None;

    private IContainerRuntime Runtime => _daemon.Runtime;

    [DockerFact]
    public async Task Create_WithFiles_TheProgramOfAnyUserReadsThem()
    {
        var spec = _daemon.Script("cat /etc/own/deep/grüß.json /tmp/second; stat -c '%a %u' /etc/own/deep /etc/own/deep/grüß.json") with
        {
            Files = [File("/etc/own/deep/grüß.json", "{ \"ü\": 1 }\n"), File("/tmp/second", "second\n")],
        };

        var id = await Runtime.CreateContainerAsync(spec, None);
        await Runtime.StartContainerAsync(id, None);
        await Runtime.WaitForExitAsync(id, None);

        // Folders that were not there can be entered by everybody.
        Assert.Equal(["{ \"ü\": 1 }", "second", "755 0", "644 0"], (await _daemon.ReadAllAsync(id)).Select(line => line.Text));
    }

    [DockerFact]
    public async Task CreateLike_WithFiles_HasThemAsTheyWereThen()
    {
        var spec = _daemon.Script("cat /tmp/kept; echo changed > /tmp/kept") with { Files = [File("/tmp/kept", "first\n")] };
        var id = await Runtime.CreateContainerAsync(spec, None);
        await Runtime.StartContainerAsync(id, None);
        await Runtime.WaitForExitAsync(id, None);

        var blueprint = await Runtime.ReadBlueprintAsync(id, ["/tmp/kept", "/tmp/never-there"], None);
        await Runtime.RemoveContainerAsync(id, None);
        id = await Runtime.CreateLikeAsync(blueprint!, new Dictionary<string, string>(), None);
        await Runtime.StartContainerAsync(id, None);
        await Runtime.WaitForExitAsync(id, None);

        Assert.Equal(["/tmp/kept"], blueprint!.Files.Select(file => file.Path));
        Assert.Equal(["changed"], (await _daemon.ReadAllAsync(id)).Select(line => line.Text));
    }

    [DockerFact]
    public async Task Create_FileOfAMegabyte_ComesWhole()
    {
        var content = string.Concat(Enumerable.Range(0, 1 << 16).Select(number => $"{number:x15}\n"));
        var id = await Runtime.CreateContainerAsync(_daemon.Script("true") with { Files = [File("/tmp/big", content)] }, None);

        var blueprint = await Runtime.ReadBlueprintAsync(id, ["/tmp/big"], None);

        Assert.Equal(content, Encoding.UTF8.GetString(Assert.Single(blueprint!.Files).Content.Span));
    }

    [DockerFact]
    public async Task Inspect_Environment_IsRead()
    {
        var id = await Runtime.CreateContainerAsync(_daemon.Script("true") with { Environment = new Dictionary<string, string> { ["A"] = "1=2", ["EMPTY"] = "" } }, None);

        var environment = (await Runtime.InspectContainerAsync(id, None))!.Environment;

        Assert.Equal(("1=2", ""), (environment["A"], environment["EMPTY"]));
    }

    [DockerFact]
    public async Task ReadMachine_ThisDaemon_TellsPlatformAndMemory()
    {
        var machine = await Runtime.ReadMachineAsync(None);

        Assert.Matches(@"\Alinux/(amd64|arm64)\z", machine.Platform);
        Assert.InRange(machine.MemoryBytes, 256L << 20, 1L << 44);
    }

    private static ContainerFile File(string path, string content) => new(path, Encoding.UTF8.GetBytes(content));
}
