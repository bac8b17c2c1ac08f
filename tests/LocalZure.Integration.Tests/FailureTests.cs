using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Starts that fail: the cause, the evidence, and nothing left.</summary>
public sealed class FailureTests
{
    [DockerFact]
    public async Task Start_ContainerThatExits_GivesExitCodeAndLog()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var error = await lab.FailToStartAsync(Misbehaving(lab, "exit 3 --after 300 --print 'opening' --print-error 'cannot open the database'"));

        Assert.Equal((ErrorCode.ContainerExited, 3), (error.Code, error.ExitCode));
        Assert.Equal($"The container of blob (instance {lab.Instance}) ended with exit code 3 while it was starting.", error.Message);
        Assert.Equal(["cannot open the database", "opening"], error.Evidence.Order(StringComparer.Ordinal));
        await AssertNothingLeftAsync(lab);
    }

    [HostFact]
    public async Task Start_ProcessThatExits_GivesExitCodeAndLog()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);

        var error = await lab.FailToStartAsync(lab.Request("blob") with { Environment = new Dictionary<string, string> { ["NODE_OPTIONS"] = "--require /nonexistent/module.js" } });

        Assert.Equal((ErrorCode.ContainerExited, 1), (error.Code, error.ExitCode));
        Assert.Contains(error.Evidence, line => line.Contains("/nonexistent/module.js", StringComparison.Ordinal));
        await AssertNothingLeftAsync(lab);
    }

    [Theory, InDocker, OnHost]
    public async Task Start_OtherSettingsThatFail_TheOldOneRunsAgainWithItsData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var before = await lab.StartAsync(lab.Request("blob"));
        await Blobs.WriteAsync(before, 3);
        var bad = mode == ServiceMode.Docker
            ? lab.Request("blob") with { Image = Requirements.BusyboxImage }
            : lab.Request("blob") with { Environment = new Dictionary<string, string> { ["NODE_OPTIONS"] = "--require /nonexistent/module.js" } };

        var error = await lab.FailToStartAsync(bad);

        var after = Assert.Single(await lab.GetAsync());
        Assert.True(error.Code == ErrorCode.ContainerExited, $"{error.Code}: {error.Message}");
        Assert.Equal((ServiceState.Running, before.ConnectionString), (after.State, after.ConnectionString));

        // It has just been started again: the next start waits until it can be used.
        Assert.Equal(after.ContainerId, (await lab.StartAsync(lab.Request("blob"))).ContainerId);
        await Blobs.ReadAsync(after, 3);
        Assert.DoesNotContain(error.Evidence, line => line.Contains("successfully listens", StringComparison.Ordinal));
    }

    [DockerFact]
    public async Task Start_ImageThatCannotTakeTheCommand_GivesExitCodeAndLog()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var error = await lab.FailToStartAsync(lab.Request("blob") with { Image = Requirements.BusyboxImage });

        Assert.Equal((ErrorCode.ContainerExited, 127), (error.Code, error.ExitCode));
        Assert.Contains(error.Evidence, line => line.Contains("azurite-blob", StringComparison.Ordinal));
        await AssertNothingLeftAsync(lab);
    }

    [DockerFact]
    public async Task Start_ImageOfARegistryThatIsNotThere_SaysSo()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var error = await lab.FailToStartAsync(lab.Request("blob") with { Image = "127.0.0.1:1/nobody/nothing:1" });

        Assert.Equal(ErrorCode.ImagePullFailed, error.Code);
        Assert.Contains("127.0.0.1:1/nobody/nothing:1", error.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync(lab);
    }

    [DockerFact]
    public async Task Start_TooLittleMemory_SaysSo()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var error = await lab.FailToStartAsync(Misbehaving(lab, "eat 256") with { MemoryBytes = 32 << 20 });

        Assert.Equal((Requirements.TellsOutOfMemory ? ErrorCode.OutOfMemory : ErrorCode.ContainerExited, 137), (error.Code, error.ExitCode));
        await AssertNothingLeftAsync(lab);
    }

    [DockerFact]
    public async Task Start_NeverReady_GivesTheLastProbe()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var error = await lab.FailToStartAsync(Misbehaving(lab, "listen 10000 --status 503 --print 'still starting'") with { Timeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        Assert.Contains("did not become usable within 2 s (http probe of http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("HTTP 503 without the header Server", error.Message, StringComparison.Ordinal);
        Assert.Equal(["still starting"], error.Evidence);
        await AssertNothingLeftAsync(lab);
    }

    [HostFact]
    public async Task Start_OnHostNotReadyInTime_GivesTheLastProbe()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);

        var error = await lab.FailToStartAsync(lab.Request("blob") with { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        Assert.Contains("did not become usable within 0.05 s (http probe of http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync(lab);
    }

    [DockerFact]
    public async Task Start_KeepOnFailure_LeavesTheContainer()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var error = await lab.FailToStartAsync(Misbehaving(lab, "exit 3") with { KeepOnFailure = true });

        Assert.Equal(ErrorCode.ContainerExited, error.Code);
        var kept = Assert.Single(await lab.GetAsync(includeStopped: true));
        Assert.Equal((lab.NameOf("blob"), ServiceState.Failed, 3), (kept.ContainerName, kept.State, kept.ExitCode));
        Assert.Empty(await lab.FindOrphansAsync());
        await lab.StopAsync(kept, removeData: true);
        await AssertNothingLeftAsync(lab);
    }

    [HostFact]
    public async Task Start_OnHostKeepOnFailure_LeavesTheEntry()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);

        await lab.FailToStartAsync(lab.Request("blob") with
        {
            KeepOnFailure = true,
            Environment = new Dictionary<string, string> { ["NODE_OPTIONS"] = "--require /nonexistent/module.js" },
        });

        var kept = Assert.Single(await lab.GetAsync(includeStopped: true));
        Assert.Equal((lab.NameOf("blob"), ServiceState.Failed, 1), (kept.ContainerName, kept.State, kept.ExitCode));
        await lab.StopAsync(kept, removeData: true);
        await AssertNothingLeftAsync(lab);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_OneOfTwoFails_TheOtherStays(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var port = (await lab.StartAsync("table")).Ports[0].HostPort;
        var request = new StartRequest { Names = ["blob", "queue"], Instance = lab.Instance, Ports = new Dictionary<string, PortWish> { ["blob"] = port, ["queue"] = 0 } };

        var outcomes = await lab.Engine.StartAsync(request, new RecordedEvents(), CancellationToken.None);

        Assert.Equal([ErrorCode.PortInUse, null], outcomes.Select(outcome => outcome.Error?.Code));
        Assert.Equal([null, "queue"], outcomes.Select(outcome => outcome.Service?.Name));
        Assert.Equal(["queue", "table"], (await lab.GetAsync(includeStopped: true)).Select(service => service.Name));
    }

    // A script of this test takes the place of the program that the service's command names.
    private static StartRequest Misbehaving(Lab lab, string behaviour)
    {
        var script = Path.Combine(lab.Home, "azurite-blob");
        File.WriteAllText(script, $"#!/bin/sh\nexec service {behaviour}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        }

        return lab.Request("blob") with { Image = Requirements.BusyboxImage, Volumes = new Dictionary<string, string> { [script] = "/bin/azurite-blob" } };
    }

    private static async Task AssertNothingLeftAsync(Lab lab)
    {
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
    }
}
