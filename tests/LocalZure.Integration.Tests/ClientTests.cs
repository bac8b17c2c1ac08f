using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Azure's own clients use what a start returned.</summary>
public sealed class ClientTests
{
    [Theory, InDocker, OnHost]
    public async Task Start_Blob_IsUsedByTheRealClient(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        var service = await lab.StartAsync("blob");

        await Blobs.WriteAsync(service, 100);
        await Blobs.ReadAsync(service, 100);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_Queue_IsUsedByTheRealClient(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        var service = await lab.StartAsync("queue");

        await Queues.SendAndReceiveAsync(service, 20);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_Table_IsUsedByTheRealClient(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        var service = await lab.StartAsync("table");

        await Tables.WriteAndReadAsync(service, 50);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_Storage_ServesAllThree(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        var service = await lab.StartAsync("storage");

        Assert.Equal(["blob", "queue", "table"], service.Ports.Select(port => port.Name).Order(StringComparer.Ordinal));
        await Blobs.WriteAsync(service, 10);
        await Blobs.ReadAsync(service, 10);
        await Queues.SendAndReceiveAsync(service, 10);
        await Tables.WriteAndReadAsync(service, 10);
    }

    [BothModesFact]
    [Trait("Form", "full")]
    public async Task Start_InEitherMode_GivesTheSameShape()
    {
        await using var docker = await Lab.OpenAsync(ServiceMode.Docker);
        await using var host = await Lab.OpenAsync(ServiceMode.Host);

        var inDocker = await docker.StartAsync("storage");
        var onHost = await host.StartAsync("storage");

        Assert.Equal(Shape(inDocker), Shape(onHost));
        Assert.Equal([nameof(Service.ContainerId), nameof(Service.Network)], Filled(inDocker).Except(Filled(onHost)).Order(StringComparer.Ordinal));
        Assert.Equal([nameof(Service.ProcessId)], Filled(onHost).Except(Filled(inDocker)));
    }

    [BothModesFact]
    [Trait("Form", "full")]
    public async Task Health_InEitherMode_GivesTheSameShape()
    {
        await using var docker = await Lab.OpenAsync(ServiceMode.Docker);
        await using var host = await Lab.OpenAsync(ServiceMode.Host);
        await docker.StartAsync("blob");
        await host.StartAsync("blob");

        var inDocker = await HealthTests.CheckAsync(docker);
        var onHost = await HealthTests.CheckAsync(host);

        Assert.Equal(Filled(inDocker), Filled(onHost));
        Assert.Equal(Filled(inDocker.Container), Filled(onHost.Container));
        Assert.Equal(inDocker.Details.Select(Filled), onHost.Details.Select(Filled));
    }

    // What scripts can rely on in both modes: names of ports, endpoints and connection strings, kinds of values.
    private static object Shape(Service service) => new
    {
        service.Name,
        service.State,
        service.Health,
        service.Lifetime,
        service.RestartCount,
        Ports = string.Join(",", service.Ports.Select(port => $"{port.Name} {port.HostAddress} {port.Protocol}")),
        Endpoints = string.Join(",", service.Endpoints.Keys.Order(StringComparer.Ordinal)),
        ConnectionStrings = string.Join(",", service.ConnectionStrings.Keys),
        Main = service.ConnectionStrings.First(pair => pair.Value == service.ConnectionString).Key,
        Volumes = string.Join(",", service.Volumes.Select(volume => volume.Name)),
        Name1 = service.ContainerName.StartsWith("localzure-storage-it", StringComparison.Ordinal),
        Timeline = string.Join(",", Filled(service.Timeline!)),
    };

    private static List<string> Filled(object value) => value.GetType().GetProperties()
        .Where(property => property.GetValue(value) is not null)
        .Select(property => property.Name)
        .ToList();
}
