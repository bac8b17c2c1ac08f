using LocalZure.Engine;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Labels are no proof: what a user has run, renamed or labelled is left alone, and nothing of it is used as a path.</summary>
/// <remarks>Alone: a start of a later time removes what has a time to live, of whichever test.</remarks>
[Collection(Alone.Name)]
[Trait("Runs", "alone")]
public sealed class OwnershipTests
{
    [DockerFact]
    public async Task Start_ContainerThatWasRunFromACommittedImage_IsLeftAloneWithItsVolume()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync(lab.Request("redis") with { TimeToLive = TimeSpan.FromHours(1) });
        await using var image = await CommitAsync(lab, service);
        var id = await Command.DockerAsync("run", "--detach", "--name", $"mine-{lab.Instance}", "--label", lab.ForeignLabel, "--volume", "/data/of/mine", "--network", "none", "--entrypoint", "sleep", image.Name, "600");
        var before = await StateAsync(id);
        await using var later = lab.NewEngine(lab.Options with { Time = new LaterTime(TimeSpan.FromHours(2)) });
        var events = new RecordedEvents();

        Assert.Equal([service.ContainerName], (await later.FindOrphansAsync(null, events, CancellationToken.None)).Where(orphan => orphan.Instance == lab.Instance && orphan.Kind == "Container").Select(orphan => orphan.Name));
        await lab.StartAsync(lab.Request("mqtt"), later, events);
        Assert.Equal(before, await StateAsync(id));
        foreach (var found in await lab.GetAsync(includeStopped: true, includeData: true))
        {
            await lab.StopAsync(found, removeData: true);
        }

        Assert.Equal(before, await StateAsync(id));
        Assert.Empty(await lab.GetAsync(includeStopped: true, includeData: true));
    }

    [DockerFact]
    public async Task Start_ImageWithLabelsOfAnotherContainer_DoesNotInheritThem()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var first = await lab.StartAsync(lab.Request("redis") with { TimeToLive = TimeSpan.FromHours(1) });
        await using var image = await CommitAsync(lab, first);
        await lab.StopAsync(first, removeData: true);

        var second = await lab.StartAsync(lab.Request("redis") with { Image = image.Name });

        Assert.Null(second.ExpiresAt);
        Assert.Empty(await lab.FindOrphansAsync(lab.NewEngine(lab.Options with { Time = new LaterTime(TimeSpan.FromHours(2)) })));
        Assert.Equal(second.ContainerId, (await lab.StartAsync(lab.Request("redis") with { Image = image.Name })).ContainerId);
        await lab.StopAsync(second, removeData: true);
        Assert.Empty(await lab.LeftoversAsync());
    }

    [DockerFact]
    public async Task Start_NameAndLabelsFromAnImage_IsANameConflictAndLeavesItAlone()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync("redis");
        await using var image = await CommitAsync(lab, service);
        await lab.StopAsync(service, removeData: true);
        var id = await Command.DockerAsync("run", "--detach", "--name", service.ContainerName, "--label", lab.ForeignLabel, "--network", "none", "--entrypoint", "sleep", image.Name, "600");
        var before = await StateAsync(id);

        var error = await lab.FailToStartAsync(lab.Request("redis"));
        await lab.Engine.StopAsync(new StopRequest { Services = await lab.GetAsync(includeStopped: true), RemoveData = true }, new RecordedEvents(), CancellationToken.None);

        Assert.Equal(ErrorCode.NameConflict, error.Code);
        Assert.Equal(before, await StateAsync(id));
    }

    [DockerFact]
    public async Task Start_OursThatWasRenamed_IsNotDoubledOnItsDataAndNotRemoved()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync("redis");
        var name = $"mine-{lab.Instance}";
        await Command.DockerAsync("rename", service.ContainerName, name);
        var before = await StateAsync(name);

        var error = await lab.FailToStartAsync(lab.Request("redis"));
        Assert.Equal(ErrorCode.NameConflict, error.Code);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"docker rename {name} {service.ContainerName}", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(name));

        await Command.DockerAsync("stop", "--time", "1", name);
        var events = new RecordedEvents();
        var another = await lab.StartAsync(lab.Request("redis"), events: events);
        Assert.Contains(events.Warnings, warning => warning.Contains($"'{name}'", StringComparison.Ordinal) && warning.Contains("left alone", StringComparison.Ordinal));
        await lab.RemoveOrphansAsync();
        await lab.StopAsync(another);
        Assert.Equal("exited", await Command.DockerAsync("inspect", "--format", "{{.State.Status}}", name));

        var told = new RecordedEvents();
        Assert.Empty(await lab.Engine.GetAsync(new ServiceQuery { Names = ["redis"], Instance = lab.Instance, IncludeStopped = true }, told, CancellationToken.None));
        Assert.Contains(told.Warnings, warning => warning.Contains($"'{name}'", StringComparison.Ordinal));
    }

    [DockerFact]
    public async Task Remove_LabelsWithPaths_TouchNothingOutsideTheHome()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var victim = Path.Combine(Path.GetTempPath(), $"victim-{lab.Instance}");
        string[] files = [$"{victim}.json", $"{victim}.log", $"{victim}.restart.lock", $"{victim}.lock"];
        foreach (var file in files[..2])
        {
            await File.WriteAllTextAsync(file, "precious");
        }

        foreach (var folder in new[] { "ports", "logs/failed", "locks", "hosts" })
        {
            // What a path through it needs.
            Directory.CreateDirectory(Path.Combine(lab.Home, folder, "localzure-x"));
        }

        var up = $"x/../../../../../../../../..{victim}";
        var service = await Command.DockerAsync("run", "--detach", "--label", lab.ForeignLabel, "--label", "localzure.managed=true", "--label", $"localzure.service={up}", Requirements.BusyboxImage, "idle");
        var instance = await Command.DockerAsync("run", "--detach", "--label", lab.ForeignLabel, "--label", "localzure.managed=true", "--label", "localzure.service=x", "--label", $"localzure.instance={up}", Requirements.BusyboxImage, "idle");
        await Command.DockerAsync("volume", "create", "--label", lab.ForeignLabel, "--label", "localzure.managed=true", "--label", $"localzure.service={up}", "--label", "localzure.volume=data", $"volume-{lab.Instance}");
        await Command.DockerAsync("network", "create", "--label", lab.ForeignLabel, "--label", "localzure.managed=true", "--label", $"localzure.instance={up}", $"network-{lab.Instance}");
        var before = (await StateAsync(service), await StateAsync(instance));

        var environments = await lab.Engine.GetEnvironmentsAsync(new EnvironmentQuery(), new RecordedEvents(), CancellationToken.None);
        var services = await lab.Engine.GetAsync(new ServiceQuery { IncludeStopped = true, IncludeData = true }, new RecordedEvents(), CancellationToken.None);
        await lab.RemoveOrphansAsync();

        // Nothing of it is found. Where it is, this shows what comes of that.
        await lab.Engine.RemoveEnvironmentsAsync(environments.Where(environment => environment.Name?.Contains("..", StringComparison.Ordinal) == true).ToList(), new RecordedEvents(), CancellationToken.None);
        await lab.Engine.ResetAsync(new RestartRequest { Services = services.Where(found => found.Name.Contains("..", StringComparison.Ordinal)).ToList() }, new RecordedEvents(), CancellationToken.None);
        Assert.DoesNotContain(environments, environment => environment.Name?.Contains("..", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(services, found => found.Name.Contains("..", StringComparison.Ordinal) || found.Instance?.Contains("..", StringComparison.Ordinal) == true);
        Assert.Equal([true, true, false, false], files.Select(File.Exists));
        Assert.Equal(before, (await StateAsync(service), await StateAsync(instance)));
        Assert.NotEmpty(await Command.DockerAsync("volume", "ls", "--quiet", "--filter", $"name=volume-{lab.Instance}"));
        Assert.NotEmpty(await Command.DockerAsync("network", "ls", "--quiet", "--filter", $"name=network-{lab.Instance}"));
        Array.ForEach(files, File.Delete);
    }

    [DockerFact]
    public async Task Start_VolumeOfAnotherServiceUnderTheSameName_IsANameConflictThatNamesBoth()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var owner = await lab.StartAsync(lab.Request("redis") with { Volumes = new Dictionary<string, string> { ["y-data"] = "/extra" } });

        var outcome = (await lab.Engine.StartAsync(lab.Request("redis") with { Instance = $"{lab.Instance}-y" }, new RecordedEvents(), CancellationToken.None)).Single();

        Assert.Equal(ErrorCode.NameConflict, outcome.Error?.Code);
        Assert.Contains($"'y-data' of redis (instance {lab.Instance})", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Contains($"'data' of redis (instance {lab.Instance}-y)", outcome.Error.Message, StringComparison.Ordinal);
        Assert.Empty(await lab.Runtime!.ListNetworksAsync([$"localzure.instance={lab.Instance}-y"], CancellationToken.None));
        await lab.StopAsync(owner);
        Assert.Equal(2, (await lab.DataAsync()).Count);
    }

    [DockerFact]
    public async Task Get_OddDefinitionLabel_IsOneWarningAndNoFailure()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var service = await lab.StartAsync("redis");
        var odd = lab.NameOf("mqtt");
        await Command.DockerAsync(
            "run", "--detach", "--network", "none", "--name", odd, "--label", "localzure.managed=true", "--label", "localzure.service=mqtt", "--label", $"localzure.instance={lab.Instance}",
            "--label", "localzure.operation=0123456789abcdef0123456789abcdef",
            "--label", """localzure.definition={"probes":[],"startTimeout":"00:01:00","stopGrace":"00:00:01","dependsOn":[],"connectionStrings":[{"name":"A","text":"b"}]}""",
            Requirements.BusyboxImage, "idle");
        var events = new RecordedEvents();
        var query = new ServiceQuery { Instance = lab.Instance, IncludeStopped = true };

        var found = await lab.Engine.GetAsync(query, events, CancellationToken.None);

        Assert.Equal(["mqtt", "redis"], found.Select(one => one.Name));
        Assert.Contains($"'{odd}'", Assert.Single(events.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, (await lab.Engine.CheckHealthAsync(query, new RecordedEvents(), CancellationToken.None)).Count);
        Assert.Single(await lab.Engine.GetEnvironmentsAsync(new EnvironmentQuery { Names = [lab.Instance] }, new RecordedEvents(), CancellationToken.None));
        var outcomes = await lab.Engine.StopAsync(new StopRequest { Services = found, RemoveData = true, Timeout = TimeSpan.FromSeconds(1) }, new RecordedEvents(), CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Equal(ServiceState.Running, service.State);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task ReleaseEnvironment_WhatAnotherHomeStartedInIt_StaysWithItsData()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var home = Directory.CreateTempSubdirectory("localzure-lab-other-");
        var other = lab.NewEngine(new EngineOptions { Home = home.FullName, Environment = new EnvironmentSnapshot(lab.Variables(home.FullName)) });
        var use = await lab.Engine.AcquireEnvironmentAsync(new EnvironmentRequest { Name = lab.Instance, Start = lab.Request("redis") }, new RecordedEvents(), CancellationToken.None);
        var events = new RecordedEvents();
        var theirs = await lab.StartAsync(lab.Request("mqtt"), other, events);

        Assert.Contains(events.Warnings, warning => warning.Contains($"'{lab.Instance}'", StringComparison.Ordinal) && warning.Contains("another LocalZure home", StringComparison.Ordinal));
        await lab.Engine.ReleaseEnvironmentAsync(use, new RecordedEvents(), CancellationToken.None);

        var left = Assert.Single(await lab.GetAsync());
        Assert.Equal((theirs.ContainerId, ServiceState.Running), (left.ContainerId, left.State));

        // Its image has a volume without a name too.
        Assert.Equal([$"{theirs.ContainerName}-data"], await lab.DataAsync());
        Assert.Empty(Directory.GetDirectories(Path.Combine(lab.Home, "environments")));
        await lab.StopAsync(left, removeData: true);
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
        home.Delete(recursive: true);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_OwnServiceWithChangedSettings_KeepsTheDataOfVolumesWithoutAName()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var image = $"localzure-lab/volume:{lab.Instance}";
        var folder = Directory.CreateTempSubdirectory("localzure-lab-image-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Dockerfile"), $"FROM {Requirements.BusyboxImage}\nVOLUME /kept\n");
        await Command.DockerAsync("build", "--quiet", "--tag", image, folder.FullName);
        try
        {
            var first = await StartOwnAsync(lab, image, "one");
            var volume = Assert.Single((await lab.Runtime!.InspectContainerAsync(first.ContainerId!, CancellationToken.None))!.Mounts).Name;
            await Command.DockerAsync("exec", first.ContainerId!, "sh", "-c", "echo precious > /kept/file");

            var second = await StartOwnAsync(lab, image, "two");
            var third = await StartOwnAsync(lab, image, "three");

            Assert.Equal(3, new[] { first.ContainerId, second.ContainerId, third.ContainerId }.Distinct().Count());
            Assert.Equal("precious", await Command.DockerAsync("exec", third.ContainerId!, "cat", "/kept/file"));
            Assert.Equal(volume, Assert.Single((await lab.Runtime.InspectContainerAsync(third.ContainerId!, CancellationToken.None))!.Mounts).Name);

            var reset = Assert.Single(await lab.Engine.ResetAsync(new RestartRequest { Services = [third] }, new RecordedEvents(), CancellationToken.None));
            Assert.Null(reset.Error);
            Assert.Equal("", await Command.DockerAsync("exec", reset.Service!.ContainerId!, "ls", "/kept"));

            await lab.Engine.StopAsync(new StopRequest { Services = [reset.Service], Timeout = TimeSpan.FromSeconds(1) }, new RecordedEvents(), CancellationToken.None);
            Assert.Null(await lab.Runtime.InspectVolumeAsync(volume, CancellationToken.None));
            Assert.Empty(await lab.LeftoversAsync());
        }
        finally
        {
            await Command.DockerAsync("rmi", "--force", image);
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Service> StartOwnAsync(Lab lab, string image, string value)
    {
        var file = Path.Combine(lab.Home, "localzure.yml");
        await File.WriteAllTextAsync(file, $$"""
            project: shop
            services:
              web:
                image: {{image}}
                command: [sh, -c, 'trap "exit 0" TERM; sleep 600 & wait']
                environment: { VALUE: {{value}} }
            """);
        return await lab.StartAsync(new StartRequest { Names = ["web"], Instance = lab.Instance, Configuration = new ConfigurationRequest { Folder = lab.Home } });
    }

    private static Task<string> StateAsync(string container) =>
        Command.DockerAsync("inspect", "--format", "{{.Id}} {{.Name}} {{.State.Status}} {{.State.StartedAt}} {{len .Mounts}}", container);

    private static async Task<CommittedImage> CommitAsync(Lab lab, Service service)
    {
        var name = $"localzure-lab/snap:{lab.Instance}";
        await Command.DockerAsync("commit", service.ContainerId!, name);
        return new CommittedImage(name);
    }

    private sealed record CommittedImage(string Name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Command.DockerAsync("rmi", "--force", Name);
    }
}
