using LocalZure.Engine.Seeding;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class ScriptRunnerTests
{
    [UnixFact]
    public async Task Run_ScriptThatPrintsItsEnvironment_ShowsWhatItSaysItselfAlone()
    {
        using var folder = new TempFolder();
        var service = new Service { Name = "demo", ContainerName = "localzure-demo", Mode = ServiceMode.Docker, State = ServiceState.Running, ConnectionStrings = new Dictionary<string, string> { ["ConnectionStrings__demo"] = "Password=s3cr3t-one" } };

        var result = await ScriptRunner.RunAsync(["env; echo own line in $PWD; echo \"with $ConnectionStrings__demo\"; exit 3"], folder.Path, service, CancellationToken.None);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal([$"own line in {folder.Path}", "with ***"], result.Lines);
    }
}
