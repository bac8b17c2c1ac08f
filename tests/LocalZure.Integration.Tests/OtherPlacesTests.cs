using System.Diagnostics;
using LocalZure.Engine.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>A LocalZure home that is seen from two containers, and processes of other users that the system hides.</summary>
public sealed class OtherPlacesTests
{
    [RootFact]
    public async Task Start_InAnotherContainerThatSharesTheHome_StartsNoSecondProcessOnTheSameData()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);
        var service = await lab.StartAsync();
        await Blobs.WriteAsync(service, 5);
        string[] container = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];

        using var starter = ClientProcess.StartIn(container, lab, "blob");
        Assert.StartsWith("failed NameConflict: ", await starter.ReadToAsync("failed "), StringComparison.Ordinal);
        using var stopper = ClientProcess.StartIn(container, lab, "blob", "stop");
        Assert.StartsWith("failed NameConflict: ", await stopper.ReadToAsync("failed "), StringComparison.Ordinal);

        var found = Assert.Single(await lab.GetAsync());
        Assert.Equal((service.ProcessId, ServiceState.Running), (found.ProcessId, found.State));
        Assert.Empty(await lab.FindOrphansAsync());
        await Blobs.ReadAsync(found, 5);
    }

    [RootFact]
    public async Task Judge_ProcessThatProcHidesFromThisUser_IsUnknownAndNeverDead()
    {
        if (Environment.OSVersion.Version < new Version(5, 8))
        {
            // There the option is that of all mounts of /proc, this machine's own included.
            return;
        }

        using var ended = Process.Start(new ProcessStartInfo("true"))!;
        var dead = OwnerIdentity.Current with { Process = ProcessTable.Identify(ended.Id) ?? new ProcessIdentity(ended.Id, "1") };
        await ended.WaitForExitAsync();

        Assert.Equal("Unknown", await JudgeAsOtherUserAsync(OwnerIdentity.Current.ToString()));
        Assert.Equal("Dead", await JudgeAsOtherUserAsync(dead.ToString()));
    }

    private static async Task<string> JudgeAsOtherUserAsync(string owner)
    {
        var script = "mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \"$@\"";
        var start = new ProcessStartInfo("unshare", ["--mount", "sh", "-c", script, "sh", "dotnet", "exec", typeof(Program).Assembly.Location, "judge", owner])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["LOCALZURE_HOME"] = "/nonexistent/localzure";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Eventually.Deadline);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        return output.Trim().Split('\n')[^1];
    }
}
