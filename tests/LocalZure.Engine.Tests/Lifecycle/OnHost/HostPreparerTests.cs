using System.Runtime.Versioning;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.OnHost;

[UnsupportedOSPlatform("windows")]
public sealed class HostPreparerTests : IDisposable
{
    private readonly TestEngine _engine = new();

    private string Data => _engine.Host.Paths.Data(Service.Key, "data");

    private static ServiceDefinition Definition => TestServices.Definition() with
    {
        Secrets = [new SecretDefinition("password", "PASSWORD")],
        Host = new HostDefinition
        {
            Tool = "demo",
            Arguments = [],
            AllowsRoot = false,
            Preparation = new HostPreparation { Volume = "data", Program = "prepare", Arguments = ["{volume.data}", "{file.secret}"], Secret = "{secret.password}!" },
        },
    };

    private static DesiredService Service => TestServices.Of(Definition) with { Values = new Dictionary<string, string> { ["secret.password"] = "p4ssw0rd" } };

    [UnixFact]
    public async Task Run_NoData_GivesTheSecretInAFileThatIsGoneAfterwards()
    {
        await RunAsync("mkdir -p \"$1\"; stat -c %a \"$2\" > \"$1/mode\"; cat \"$2\" > \"$1/secret\"; echo \"$2\" > \"$1/path\"");

        Assert.Equal(("600\n", "p4ssw0rd!"), (File.ReadAllText(Path.Combine(Data, "mode")), File.ReadAllText(Path.Combine(Data, "secret"))));
        Assert.False(File.Exists(File.ReadAllText(Path.Combine(Data, "path")).Trim()));
    }

    [UnixFact]
    public async Task Run_DataIsThere_DoesNothing()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "x"), "");

        await RunAsync("exit 1");

        Assert.Equal([Path.Combine(Data, "x")], Directory.GetFileSystemEntries(Data));
    }

    [UnixFact]
    public async Task Run_CommandFails_SaysSoWithoutTheSecret()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync("echo cannot use $(cat \"$2\"); exit 4"));

        Assert.Equal((ErrorCode.ContainerExited, "'prepare', which makes the data of demo, ended with exit code 4.", 4), (error.Code, error.Message, error.ExitCode));
        Assert.Equal(["cannot use ***!"], error.Evidence);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void CheckUser_RootWhereItIsNotAllowed_SaysWhy(bool isRoot, bool fails)
    {
        var error = Record.Exception(() => HostPreparer.CheckUser(Service, isRoot)) as LocalZureException;

        Assert.Equal(fails ? "demo cannot run as a host process of root or an administrator: 'demo' refuses to." : null, error?.Message);
    }

    public void Dispose() => _engine.Dispose();

    private async Task RunAsync(string script)
    {
        var program = _engine.Home.File("prepare");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var tool = new HostToolLocation("demo@1", _engine.Home.File("demo"), _engine.Home.Path, false);
        await new HostPreparer(_engine.Host, _engine.Events).RunAsync(Service, tool, new Dictionary<string, int> { ["main"] = 1 }, CancellationToken.None);
    }
}
