using System.Text.Json;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Starting what runs, or what somebody else is starting.</summary>
public sealed class JoinTests
{
    [Theory, InDocker, OnHost]
    public async Task Start_WhatRuns_ReturnsTheSame(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var first = await lab.StartAsync();

        var second = await lab.StartAsync(lab.Request("blob"), lab.NewEngine());

        Assert.Equal(WithoutTimeline(first), WithoutTimeline(second));
        Assert.Null(second.Timeline);
        Assert.True(first.ContainerId is not null ^ first.ProcessId is not null);
    }

    [Theory, InDocker, OnHost]
    public async Task Start_WithOtherSettings_MakesItAnewAndKeepsTheData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var first = await lab.StartAsync();
        await Blobs.WriteAsync(first, 5);

        var second = await lab.StartAsync(lab.Request("blob") with { Environment = new Dictionary<string, string> { ["LAB"] = "other" } });

        Assert.NotEqual((first.ContainerId, first.ProcessId), (second.ContainerId, second.ProcessId));
        Assert.Equal([second.ContainerId ?? $"{second.ProcessId}"], (await lab.GetAsync()).Select(service => service.ContainerId ?? $"{service.ProcessId}"));
        await Blobs.ReadAsync(second, 5);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_EightEnginesAtOnce_MakeOne(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        var services = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lab.StartAsync(lab.Request("blob"), lab.NewEngine())));

        Assert.Single(services.Select(WithoutTimeline).Distinct());
        Assert.Single(services, service => service.Timeline is not null);
        Assert.Single(await lab.GetAsync(includeStopped: true));
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_FourProcessesAtOnce_MakeOne(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var clients = Enumerable.Range(0, 4).Select(_ => ClientProcess.Start(lab, "blob")).ToList();

        var lines = await Task.WhenAll(clients.Select(client => client.ReadToAsync("started ")));

        clients.ForEach(client => client.Dispose());
        var running = Assert.Single(await lab.GetAsync(includeStopped: true));
        Assert.All(lines, line => Assert.Equal($"started {running.ContainerId ?? $"{running.ProcessId}"}", line));
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_ProcessesWithHomesOfTheirOwnAtOnce_MakeOne()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var clients = Enumerable.Range(0, 4).Select(index => ClientProcess.Start(lab, "blob", Path.Combine(lab.Home, $"home{index}"))).ToList();

        var lines = await Task.WhenAll(clients.Select(client => client.ReadToAsync("started ")));

        clients.ForEach(client => client.Dispose());
        var running = Assert.Single(await lab.GetAsync(includeStopped: true));
        Assert.All(lines, line => Assert.Equal($"started {running.ContainerId}", line));
    }

    private static string WithoutTimeline(Service service) => JsonSerializer.Serialize(service with { Timeline = null });
}
