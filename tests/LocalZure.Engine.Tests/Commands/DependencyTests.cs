using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

/// <summary>Services that need each other: web needs api and cache, api needs sql.</summary>
public sealed class DependencyTests : IDisposable
{
    private static readonly Dictionary<string, ServiceDefinition> Definitions = new ServiceDefinition[]
    {
        TestServices.Definition("web") with { DependsOn = ["api", "cache"] },
        TestServices.Definition("api") with { DependsOn = ["sql"] },
        TestServices.Definition("cache"),
        TestServices.Definition("sql"),
        TestServices.Definition("other"),
        TestServices.Definition("egg") with { DependsOn = ["hen"] },
        TestServices.Definition("hen") with { DependsOn = ["egg"] },
    }.Select((definition, index) => definition with { Ports = [new PortDefinition(definition.Name, 80, 18080 + index, "tests")] }).ToDictionary(definition => definition.Name);

    private readonly TestEngine _engine = new();
    private readonly LifecycleServices _services;

    public DependencyTests() => _services = _engine.Services with { FindDefinition = name => Definitions.GetValueOrDefault(name) };

    private FakeContainerRuntime Runtime => _engine.Runtime;

    private IEnumerable<string> Started => Runtime.Calls.Where(call => call.Name == "StartContainer").Select(call => call.Subject["localzure-".Length..]);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Start_Needs_AreStartedFirstAndOnlyWhatWasAskedForIsGiven()
    {
        var outcomes = await StartAsync(new StartRequest { Names = ["web"] });

        Assert.Equal(["web"], outcomes.Select(outcome => outcome.Name));
        Assert.Equal(["api", "cache", "sql", "web"], Started.Order());
        var order = Started.ToList();
        Assert.True(order.IndexOf("sql") < order.IndexOf("api") && order.IndexOf("api") < order.IndexOf("web") && order.IndexOf("cache") < order.IndexOf("web"), string.Join(' ', order));
    }

    [Fact]
    public async Task Start_WhatIsIndependent_RunsAtTheSameTime()
    {
        var sql = Runtime.Block("StartContainer");
        var start = StartAsync(new StartRequest { Names = ["web"] });

        // Neither waits for the other; what needs them waits for both.
        await Eventually.IsTrueAsync(() => Started.Count() == 2, "two starts at the same time");
        Assert.Equal(["cache", "sql"], Started.Order());
        sql.SetResult();
        await start;
    }

    [Fact]
    public async Task Start_NeedsWithNoWait_AreWaitedForAllTheSame()
    {
        var outcomes = await StartAsync(new StartRequest { Names = ["web", "api"], NoWait = true });

        Assert.Equal([ServiceState.Starting, ServiceState.Running], outcomes.Select(outcome => outcome.Service!.State));
    }

    [Fact]
    public async Task Start_NoDependency_StartsOnlyWhatIsNamed()
    {
        await StartAsync(new StartRequest { Names = ["web"], NoDependency = true });

        Assert.Equal(["web"], Started);
    }

    [Fact]
    public async Task Start_OneFails_IsReportedOnceItsDependantsNameItAndTheOthersGoOn()
    {
        Runtime.OnStart = container =>
        {
            if (container.Name == "localzure-sql")
            {
                container.End(1);
            }
        };

        var outcomes = await StartAsync(new StartRequest { Names = ["web", "api", "other"] });

        Assert.Equal(
            [
                ("sql", ErrorCode.ContainerExited, "The container of sql ended with exit code 1 while it was starting."),
                ("web", ErrorCode.DependencyFailed, "web was not started: sql, which it needs, failed with ContainerExited."),
                ("api", ErrorCode.DependencyFailed, "api was not started: sql, which it needs, failed with ContainerExited."),
                ("other", null, null),
            ],
            outcomes.Select(outcome => (outcome.Name, outcome.Error?.Code, outcome.Error?.Message)));
        Assert.Equal(["localzure-cache", "localzure-other"], Runtime.Containers.Select(container => container.Name).Order());
    }

    [Fact]
    public async Task Start_Circle_IsRefusedBeforeAnyCall()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => StartAsync(new StartRequest { Names = ["other", "egg"] }));

        Assert.Equal((ErrorCode.DependencyCycle, "Services need each other in a circle: egg -> hen -> egg."), (error.Code, error.Message));
        Assert.Empty(Runtime.Calls);
    }

    [Fact]
    public async Task Start_SettingsOfTheCall_AreForWhatIsNamed()
    {
        await StartAsync(new StartRequest { Names = ["api"], Image = "api:2", TimeToLive = TimeSpan.FromHours(1) });

        Assert.Equal(["api:2", "demo:1"], Runtime.Containers.OrderBy(container => container.Name, StringComparer.Ordinal).Select(container => container.Spec.Image));
        Assert.All(Runtime.Containers, container => Assert.Contains(Labels.Expires, container.Spec.Labels));
    }

    [Fact]
    public async Task Stop_All_EndsWhatNeedsOthersFirst()
    {
        await StartAsync(new StartRequest { Names = ["web", "other"] });

        var stopped = await StopAsync();

        Assert.All(stopped, outcome => Assert.Null(outcome.Error));
        var order = Runtime.Calls.Where(call => call.Name == "RemoveContainer").Select(call => call.Subject["localzure-".Length..]).ToList();
        Assert.Equal(["api", "cache", "other", "sql", "web"], order.Order());
        Assert.True(order.IndexOf("web") < order.IndexOf("api") && order.IndexOf("api") < order.IndexOf("sql") && order.IndexOf("web") < order.IndexOf("cache"), string.Join(' ', order));
    }

    [Fact]
    public async Task Stop_Circle_EndsAllTheSame()
    {
        _engine.AddOurs(TestServices.Of(Definitions["egg"]));
        _engine.AddOurs(TestServices.Of(Definitions["hen"]));

        Assert.Equal(2, (await StopAsync()).Count);

        Assert.Empty(Runtime.Containers);
    }

    private Task<IReadOnlyList<ServiceOutcome>> StartAsync(StartRequest request) =>
        new StartCommand(_engine.Runtimes, _services, _engine.Host, _engine.Environment).RunAsync(request, _engine.Events, default);

    private async Task<IReadOnlyList<ServiceOutcome>> StopAsync()
    {
        var services = await _engine.Reader.ReadAsync(new ServiceQuery(), _engine.Events, default);
        return await new StopCommand(_engine.Runtimes, _services, _engine.Host).RunAsync(new StopRequest { Services = services }, _engine.Events, default).WaitAsync(Eventually.Deadline);
    }
}
