using System.Text.Json;
using LocalZure.Cli.Tests.Support;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests;

/// <summary>The command against a real engine, from a start to a stop.</summary>
public sealed class LifeTests
{
    [DockerFact]
    public async Task Commands_OverALife_SayWhatIs()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var started = await Shell.JsonAsync(lab, "start", "blob", "-i", lab.Instance, "--port", "auto");
        Assert.Equal(("blob", lab.Instance, "Docker", "Running", "Healthy"), (Text(started, "name"), Text(started, "instance"), Text(started, "mode"), Text(started, "state"), Text(started, "health")));
        Assert.Equal(started.GetProperty("ports")[0].GetProperty("hostPort").GetInt32(), new Uri(Text(started, "endpoints", "blob")!).Port);
        Assert.Equal(Text(started, "connectionString"), Text(started, "connectionStrings", "AZURE_STORAGE_CONNECTION_STRING"));

        var listed = await Shell.JsonAsync(lab, "list", "-i", lab.Instance);
        Assert.Equal([Text(started, "containerId")], listed.EnumerateArray().Select(service => Text(service, "containerId")));
        Assert.Equal("Healthy", Text((await Shell.JsonAsync(lab, "health", "blob", "-i", lab.Instance))[0], "status"));
        Assert.Equal(Text(started, "containerId"), Text(await Shell.JsonAsync(lab, "wait", "blob", "-i", lab.Instance), "containerId"));
        Assert.Equal(Text(started, "containerId"), Text(await Shell.JsonAsync(lab, "restart", "blob", "-i", lab.Instance), "containerId"));

        Assert.Equal("NotCreated", Text(await Shell.JsonAsync(lab, "stop", "blob", "-i", lab.Instance), "state"));
        Assert.Equal((ExitCode.Failed, "ServiceNotRunning"), (await Shell.RunAsync(lab, "list", "blob", "-i", lab.Instance)).Verdict);
        Assert.Equal("[]", (await Shell.RunAsync(lab, "list", "-i", lab.Instance, "-o", "json")).Output.Trim());
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_Again_GivesALinePerServiceAndConnectionStringsOnlyWhenAsked()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        // As build.sh hands over what was written for the cmdlet.
        var started = await Shell.RunAsync(lab, "start", "blob,queue", "-Instance", lab.Instance, "-Port:auto", "-o", "jsonl");
        var table = await Shell.RunAsync(lab, "start", "blob", "-i", lab.Instance);
        var asked = await Shell.RunAsync(lab, "start", "blob", "-i", lab.Instance, "--connection-string");

        var lines = started.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["blob", "queue"], lines.Select(line => Text(line, "name")));
        Assert.Equal(2, table.Output.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("AccountKey", table.Output, StringComparison.Ordinal);
        Assert.Equal(Text(lines[0], "connectionString"), asked.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(("", "", ""), (started.Errors, table.Errors, asked.Errors));
    }

    [NodeClientFact]
    [Trait("Form", "full")]
    public async Task ConnectionString_OfAStart_FeedsProgramsOfAnotherLanguage()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var connectionString = Text(await Shell.JsonAsync(lab, "start", "storage", "-i", lab.Instance, "-p", "auto"), "connectionString")!;
        var counts = await Task.WhenAll(((string[])["blob", "queue", "table"]).Select(kind => NodeClient.RunAsync(kind, "roundtrip", connectionString, 20)));

        Assert.All(counts, count => Assert.Equal("""{"written":20,"read":20}""", count));
    }

    [HostFact]
    public async Task Start_WithoutAnEngine_RunsOnTheHost()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);

        var started = await Shell.RunAsync(lab, "start", "blob", "-i", lab.Instance, "-p", "auto", "-o", "json");
        var stopped = await Shell.RunAsync(lab, "stop", "blob", "-i", lab.Instance);

        Assert.Equal("Host", Text(JsonDocument.Parse(started.Output).RootElement, "mode"));
        Assert.StartsWith("warning: ", started.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 0), (started.ExitCode, stopped.ExitCode));
        Assert.Empty(await lab.LeftoversAsync());
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Env_OfAService_IsTextOrAFile()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync();

        var text = await Shell.RunAsync(lab, "env", "blob", "-i", lab.Instance, "--format", "json");
        var file = await Shell.RunAsync(lab, "env", "blob", "-i", lab.Instance, "--format", "dot-env");

        Assert.Equal(service.ConnectionString, JsonDocument.Parse(text.Output).RootElement.GetProperty("AZURE_STORAGE_CONNECTION_STRING").GetString());
        Assert.Equal((0, "", ""), (file.ExitCode, file.Output, file.Errors));
        Assert.Contains(service.ConnectionString!, await File.ReadAllTextAsync(Path.Combine(lab.Home, ".env")), StringComparison.Ordinal);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Reset_WithNobodyToAsk_IsRefusedAndWithForceDone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync();

        var refused = await Shell.RunAsync(lab, "reset", "blob", "-i", lab.Instance);
        var untouched = await lab.GetAsync();
        var reset = await Shell.JsonAsync(lab, "reset", "blob", "-i", lab.Instance, "--force");

        Assert.Equal((ExitCode.Usage, "ParameterInvalid"), refused.Verdict);
        Assert.Contains("remedy: Use --force.", refused.Errors, StringComparison.Ordinal);
        Assert.Equal([service.ContainerId], untouched.Select(one => one.ContainerId));
        Assert.NotEqual(service.ContainerId, Text(reset, "containerId"));
    }

    [InteropFact]
    [Trait("Form", "full")]
    public async Task Services_OfCmdletsAndCommand_AreTheSame()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var ofCmdlet = await Cmdlets.RunAsync(lab, $"(Start-LzService blob -Instance {lab.Instance} -Port auto -Timeout 4m).ContainerId");
        Assert.Equal(ofCmdlet, Text((await Shell.JsonAsync(lab, "list", "blob", "-i", lab.Instance))[0], "containerId"));
        Assert.Contains("Azurite", (await Shell.RunAsync(lab, "logs", "blob", "-i", lab.Instance, "--raw")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.RunAsync(lab, "stop", "blob", "-i", lab.Instance)).ExitCode);

        var ofCommand = await Shell.JsonAsync(lab, "start", "blob", "-i", lab.Instance, "-p", "auto", "--timeout", "4m");
        var script = $"$s = Get-LzService blob -Instance {lab.Instance}; $s.ContainerId; $s.ConnectionString; (Get-LzContainerLog blob -Instance {lab.Instance} -Raw) -join ' '; Stop-LzService blob -Instance {lab.Instance}";
        var seen = (await Cmdlets.RunAsync(lab, script)).Split('\n');
        Assert.Equal((Text(ofCommand, "containerId"), Text(ofCommand, "connectionString")), (seen[0].Trim(), seen[1].Trim()));
        Assert.Contains("Azurite", seen[2], StringComparison.Ordinal);
        Assert.Empty(await lab.LeftoversAsync());
    }

    private static string? Text(JsonElement element, params string[] path) => path.Aggregate(element, (inner, key) => inner.GetProperty(key)).GetString();
}
