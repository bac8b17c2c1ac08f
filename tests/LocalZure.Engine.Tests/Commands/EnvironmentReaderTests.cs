using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class EnvironmentReaderTests : IDisposable
{
    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Read_PartsOfAllKinds_ArePutTogetherByInstance()
    {
        await FillAsync();

        var found = await ReadAsync();

        Assert.Equal(
            [
                "(demo Docker Running) network=  volumes= users=0 ephemeral=False",
                "data(demo Docker NotCreated) network=  volumes=localzure-demo-data-data users=0 ephemeral=False",
                "host(demo Host Stopped) network=  volumes= users=0 ephemeral=False",
                "net() network=localzure-net  volumes= users=0 ephemeral=False",
                "pr42(demo Docker Running) network=localzure-pr42  volumes=localzure-demo-pr42-data users=0 ephemeral=False",
                "shared() network=  volumes= users=1 ephemeral=True",
            ],
            found.Select(Line));
        Assert.Equal([null, "data", "host", "net", "pr42", "shared"], found.Select(environment => environment.Name));
    }

    [Theory]
    [InlineData("pr42", "pr42")]
    [InlineData("", "")]
    [InlineData("*", "data,host,net,pr42,shared")]
    [InlineData("PR*", "pr42")]
    [InlineData("none", null)]
    public async Task Read_Names_WildcardsMeanNamedOnes(string name, string? expected)
    {
        await FillAsync();

        var found = await ReadAsync(name);

        Assert.Equal(expected, found.Count == 0 ? null : string.Join(',', found.Select(environment => environment.Name)));
    }

    [Fact]
    public async Task Remove_OneEnvironment_LeavesTheOthersAndForeignThings()
    {
        await FillAsync();
        _engine.Runtime.AddNetwork("localzure-pr42-foreign", new Dictionary<string, string>());
        await _engine.Services.PortMemory.RememberAsync("localzure-blob-pr42", new Dictionary<string, int> { ["blob"] = 31000 }, default);
        var others = _engine.Runtime.Everything().Where(line => !line.Contains("-pr42 ", StringComparison.Ordinal) && !line.Contains("-pr42-data", StringComparison.Ordinal)).ToList();

        var outcome = Assert.Single(await new EnvironmentCommand(_engine.EnvironmentUses).RemoveAsync(await ReadAsync("pr42"), _engine.Events, default));

        Assert.Null(outcome.Error);
        Assert.Equal(others, _engine.Runtime.Everything());
        Assert.Empty(await ReadAsync("pr42"));
        Assert.Empty(await _engine.Services.PortMemory.ReadAsync("localzure-blob-pr42", default));
    }

    [Fact]
    public async Task Remove_NetworkWithAForeignContainer_StaysAndIsTold()
    {
        await FillAsync();
        _engine.Runtime.Before = call => call.Name == "RemoveNetwork" ? throw new ContainerRuntimeException(RuntimeFailure.InUse, "active endpoints") : Task.CompletedTask;

        var outcome = Assert.Single(await new EnvironmentCommand(_engine.EnvironmentUses).RemoveAsync(await ReadAsync("pr42"), _engine.Events, default));

        Assert.Null(outcome.Error);
        Assert.Equal(["localzure-pr42"], (await ReadAsync("pr42")).Select(environment => environment.Network));
        Assert.Equal(["The network 'localzure-pr42' stays: a container that LocalZure did not create is in it."], _engine.Events.Warnings);
    }

    private async Task FillAsync()
    {
        _engine.AddOurs(TestServices.Desired());
        _engine.AddOurs(TestServices.Desired(instance: "pr42"));
        _engine.Runtime.AddVolume("localzure-demo-pr42-data", LabelsOf("pr42"));
        _engine.Runtime.AddVolume("localzure-demo-data-data", LabelsOf("data"));
        _engine.Runtime.AddVolume("not-its-name", LabelsOf("odd"));
        _engine.Runtime.AddNetwork("localzure-../x", Without(LabelsOf("../x"), Labels.Service));
        _engine.Runtime.AddVolume("foreign", new Dictionary<string, string>());
        _engine.Runtime.AddNetwork("localzure-pr42", Without(LabelsOf("pr42"), Labels.Service));
        _engine.Runtime.AddNetwork("localzure-net", Without(LabelsOf("net"), Labels.Service));
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Desired(instance: "host"), null), default);
        await _engine.Services.EnvironmentUsers.WriteAsync(new EnvironmentUser("1", "shared", TestServices.LiveOwner, true, _engine.Time.GetUtcNow()), default);
        await _engine.Services.EnvironmentUsers.WriteAsync(new EnvironmentUser("2", "shared", TestServices.DeadOwner, true, _engine.Time.GetUtcNow()), default);
    }

    private Task<IReadOnlyList<EnvironmentInfo>> ReadAsync(params string[] names) =>
        _engine.Environments.ReadAsync(new EnvironmentQuery { Names = names }, _engine.Events, default);

    private static Dictionary<string, string> LabelsOf(string instance) => new() { [Labels.Managed] = "true", [Labels.Service] = "demo", [Labels.Instance] = instance, [Labels.Volume] = "data" };

    private static Dictionary<string, string> Without(Dictionary<string, string> labels, string name) => labels.Where(label => label.Key != name).ToDictionary();

    private static string Line(EnvironmentInfo environment) =>
        $"{environment}({string.Join(", ", environment.Services.Select(service => $"{service.Name} {service.Mode} {service.State}"))}) network={environment.Network}  volumes={string.Join(',', environment.Volumes)} users={environment.Users} ephemeral={environment.IsEphemeral}";
}
