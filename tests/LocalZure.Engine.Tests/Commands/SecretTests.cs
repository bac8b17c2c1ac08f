using System.Text;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

/// <summary>What services are given and what is told of it: "store" has a password, "app" needs it and has a file.</summary>
public sealed class SecretTests : IDisposable
{
    private static readonly Dictionary<string, ServiceDefinition> Definitions = new ServiceDefinition[]
    {
        TestServices.Definition("store") with
        {
            Ports = [new PortDefinition("db", 80, 18081, "tests")],
            Endpoints = new Dictionary<string, string>(),
            Secrets = [new SecretDefinition("password", "STORE_PASSWORD")],
            Environment = new Dictionary<string, string> { ["STORE_URL"] = "db://u:{secret.password}@{address}:{port.db}{volume.data}" },
            ConnectionStrings = [new("STORE", "Port={port.80};Password={secret.password}")],
        },
        TestServices.Definition("app") with
        {
            DependsOn = ["store"],
            Environment = new Dictionary<string, string> { ["DB"] = "{service.store}:{service.store.db} {secret.store.password}", ["CONFIG"] = "{file.config}" },
            Files = [new FileDefinition("config", "/etc/app.json", """{ "db": "{service.store}", "port": {port.main} }""")],
        },
        TestServices.Definition("proc") with
        {
            Secrets = [new SecretDefinition("password", "PROC_PASSWORD")],
            Host = new HostDefinition { Tool = "sh", Arguments = ["{file.config}"], Probes = [] },
            Files = [new FileDefinition("config", "/etc/app.json", "listen {address} {port.main} {volume.data}")],
        },
    }.ToDictionary(definition => definition.Name);

    private readonly TestEngine _engine = new();
    private readonly LifecycleServices _services;

    public SecretTests() => _services = _engine.Services with { FindDefinition = name => Definitions.GetValueOrDefault(name) };

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Start_ServiceWithASecret_GivesItToTheContainerAndTellsItAgain()
    {
        var service = Assert.Single(await StartAsync("store"));

        var spec = Runtime.Container("localzure-store").Spec;
        var password = spec.Environment["STORE_PASSWORD"];
        Assert.Equal(28, password.Length);
        Assert.Equal($"db://u:{password}@0.0.0.0:80/data", spec.Environment["STORE_URL"]);
        Assert.Equal($"Port=18081;Password={password}", service.ConnectionString);
        Assert.Equal($"Port=18081;Password={password}", Assert.Single(await ReadAsync()).ConnectionString);
        Assert.DoesNotContain(spec.Labels, label => label.Value.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_TwoInstances_HaveSecretsOfTheirOwn()
    {
        await StartAsync(new StartRequest { Names = ["store"], Instance = "a", Ports = new Dictionary<string, PortWish> { ["db"] = 18091 } });
        await StartAsync(new StartRequest { Names = ["store"], Instance = "b", Ports = new Dictionary<string, PortWish> { ["db"] = 18092 } });

        Assert.Distinct(Runtime.Containers.Select(container => container.Spec.Environment["STORE_PASSWORD"]));
    }

    [Fact]
    public async Task Read_ManyLookups_NeedNoInspectionForASecretOfThisHome()
    {
        await StartAsync("store");
        var service = Assert.Single(await ReadAsync());
        var before = Runtime.Calls.Count;

        var secrets = await _services.SecretReader.ReadAsync(Definitions["store"], service, Runtime, CancellationToken.None);

        Assert.Equal(Runtime.Container("localzure-store").Spec.Environment["STORE_PASSWORD"], secrets["password"]);
        Assert.Equal(before, Runtime.Calls.Count);
    }

    [Fact]
    public async Task Start_UserGivesThePassword_ItIsTakenAsItIsAndTold()
    {
        var service = Assert.Single(await StartAsync(new StartRequest { Names = ["store"], Environment = new Dictionary<string, string> { ["STORE_PASSWORD"] = "my {secret.password}" } }));

        var spec = Runtime.Container("localzure-store").Spec;
        Assert.Equal(("my {secret.password}", "password"), (spec.Environment["STORE_PASSWORD"], spec.Labels[Labels.OwnSecrets]));
        Assert.Equal("Port=18081;Password=my {secret.password}", service.ConnectionString);
        Assert.Equal("Port=18081;Password=my {secret.password}", Assert.Single(await ReadAsync()).ConnectionString);
        Assert.Equal("db://u:my {secret.password}@0.0.0.0:80/data", spec.Environment["STORE_URL"]);
    }

    [Fact]
    public async Task Read_ContainerOfAnotherHome_ItsPasswordIsReadFromIt()
    {
        await StartAsync("store");
        var made = Runtime.Container("localzure-store").Spec.Environment["STORE_PASSWORD"];
        using var other = new TempFolder();

        var secrets = await new SecretReader(new LocalZure.Engine.Secrets.HomeSecrets(other.Path), _services.DefinitionOf)
            .ReadAsync(Definitions["store"], Assert.Single(await ReadAsync()), Runtime, CancellationToken.None);

        Assert.Equal(made, secrets["password"]);
        Assert.Empty(Directory.GetFileSystemEntries(other.Path));
    }

    [Fact]
    public async Task Start_WhatNeedsAService_IsToldWhereItIsAndItsPassword()
    {
        await StartAsync(new StartRequest { Names = ["store"], Environment = new Dictionary<string, string> { ["STORE_PASSWORD"] = "mine-alone" } });

        await StartAsync("app");

        var spec = Runtime.Container("localzure-app").Spec;
        Assert.Equal(("store:80 mine-alone", "/etc/app.json"), (spec.Environment["DB"], spec.Environment["CONFIG"]));
        var file = Assert.Single(spec.Files);
        Assert.Equal(("/etc/app.json", """{ "db": "store", "port": 80 }"""), (file.Path, Encoding.UTF8.GetString(file.Content.Span)));
        Assert.Equal("/etc/app.json", spec.Labels[Labels.Files]);
    }

    [Fact]
    public async Task Start_WithNoDependencyAndNothingThere_HasThePlaceAndPasswordThatItWillHave()
    {
        await StartAsync(new StartRequest { Names = ["app"], NoDependency = true });
        var told = Runtime.Container("localzure-app").Spec.Environment["DB"];

        await StartAsync("store");

        Assert.Equal($"store:80 {Runtime.Container("localzure-store").Spec.Environment["STORE_PASSWORD"]}", told);
    }

    [Fact]
    public async Task Start_Again_IsTheSameContainer()
    {
        await StartAsync("app");
        var before = Runtime.Containers.Select(container => container.Id).ToList();

        await StartAsync("app");

        Assert.Equal(before, Runtime.Containers.Select(container => container.Id));
    }

    [Fact]
    public async Task Start_EndsAndItsLogHoldsThePassword_TheErrorDoesNot()
    {
        Runtime.OnStart = container =>
        {
            container.Write($"refused: {container.Spec.Environment["STORE_PASSWORD"]}!");
            container.End(1);
        };

        var outcome = Assert.Single(await OutcomesAsync(new StartRequest { Names = ["store"] }));

        Assert.Equal(["refused: ***!"], outcome.Error!.Evidence);
    }

    [Fact]
    public async Task Reset_ServiceWithAFile_TheNewContainerHasItToo()
    {
        await StartAsync("app");
        var services = (await ReadAsync()).Where(service => service.Name == "app").ToList();

        var outcomes = await new RestartCommand(_engine.Runtimes, _services, _engine.Host).RunAsync(new RestartRequest { Services = services }, empty: true, _engine.Events, CancellationToken.None);

        Assert.Null(Assert.Single(outcomes).Error);
        Assert.Equal(["/etc/app.json"], Runtime.Container("localzure-app").Spec.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task Start_OnTheHost_WritesItsFilesAndGivesThePasswordByVariable()
    {
        var host = _engine.Host with { Tools = new HostTools(new Dictionary<string, IHostTool> { ["sh"] = new FakeTool() }) };

        var outcome = Assert.Single(await OutcomesAsync(new StartRequest { Names = ["proc"], Mode = ServiceMode.Host, Ports = new Dictionary<string, PortWish> { ["main"] = 0 } }, host));

        var spec = Assert.Single(_engine.Runner.Started);
        var path = Assert.Single(spec.Arguments);
        Assert.Null(outcome.Error);
        Assert.Equal($"listen 127.0.0.1 {outcome.Service!.Ports[0].HostPort} {outcome.Service.Volumes[0].Source}", await File.ReadAllTextAsync(path));
        Assert.Equal(28, spec.Environment["PROC_PASSWORD"].Length);
    }

    private async Task<IReadOnlyList<Service>> StartAsync(string name) => await StartAsync(new StartRequest { Names = [name] });

    private async Task<IReadOnlyList<Service>> StartAsync(StartRequest request) =>
        (await OutcomesAsync(request)).Select(outcome => outcome.Service ?? throw outcome.Error!).ToList();

    private Task<IReadOnlyList<ServiceOutcome>> OutcomesAsync(StartRequest request, HostServices? host = null) =>
        new StartCommand(_engine.Runtimes, _services, host ?? _engine.Host, _engine.Environment).RunAsync(request, _engine.Events, CancellationToken.None);

    private Task<IReadOnlyList<Service>> ReadAsync() =>
        new ServiceReader(_engine.Runtimes, _engine.Environment, new VolumeReader(_engine.Host.Paths), _services.SecretReader).ReadAsync(new ServiceQuery(), _engine.Events, CancellationToken.None);

    private sealed class FakeTool : IHostTool
    {
        public Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken) => Task.FromResult(new HostToolLocation("sh@1", "/bin/sh", "/bin", false));
    }
}
