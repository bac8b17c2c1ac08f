using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

/// <summary>Nothing starts whose licence nobody has accepted: "bus" and "db", which it needs, ask for one each.</summary>
public sealed class LicenseTests : IDisposable
{
    private static readonly Dictionary<string, ServiceDefinition> Definitions = new ServiceDefinition[]
    {
        TestServices.Definition("bus") with { DependsOn = ["db"], License = new LicenseDefinition("the terms of the bus", "https://example.com/bus", "ACCEPT_EULA", "Y") },
        TestServices.Definition("db") with { Ports = [new PortDefinition("db", 80, 18081, "tests")], License = new LicenseDefinition("the terms of the db", "https://example.com/db", "ACCEPT_EULA", "Y") },
        TestServices.Definition("free") with { Ports = [new PortDefinition("free", 80, 18082, "tests")] },
    }.ToDictionary(definition => definition.Name);

    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public async Task Start_NotAccepted_NamesEveryLicenceAndStartsNothing(string? variable)
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => StartAsync(new StartRequest { Names = ["free", "bus"] }, variable));

        Assert.Equal(
            (ErrorCode.EulaNotAccepted, "db and bus ask for a licence that was not accepted: the terms of the db (https://example.com/db) and the terms of the bus (https://example.com/bus)."),
            (error.Code, error.Message));
        Assert.Empty(_engine.Runtime.Everything());
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "true")]
    [InlineData(false, "Yes")]
    [InlineData(false, "1")]
    public async Task Start_Accepted_TellsTheContainers(bool parameter, string? variable)
    {
        await StartAsync(new StartRequest { Names = ["bus"], AcceptEula = parameter }, variable);

        Assert.Equal(["Y", "Y"], _engine.Runtime.Containers.Select(container => container.Spec.Environment["ACCEPT_EULA"]));
    }

    [Fact]
    public async Task Start_AcceptedByItsVariable_IsEnoughForWhatIsNamed()
    {
        var request = new StartRequest { Names = ["db"], Environment = new Dictionary<string, string> { ["ACCEPT_EULA"] = "Y" } };

        Assert.Null(Assert.Single(await StartAsync(request, null)).Error);
    }

    [Fact]
    public async Task Start_WhatIsThere_WasAcceptedBefore()
    {
        await StartAsync(new StartRequest { Names = ["bus"], AcceptEula = true }, null);

        Assert.Null(Assert.Single(await StartAsync(new StartRequest { Names = ["bus"] }, null)).Error);
    }

    [Fact]
    public async Task Start_VariableSaysNeither_IsAnError()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => StartAsync(new StartRequest { Names = ["db"] }, "maybe"));

        Assert.Equal((ErrorCode.ParameterInvalid, "LOCALZURE_ACCEPT_EULA is 'maybe', which says neither yes nor no."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Plan_NotAccepted_SaysSo()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => Command(null).PlanAsync(new StartRequest { Names = ["db"] }, _engine.Events, CancellationToken.None));

        Assert.Equal(ErrorCode.EulaNotAccepted, error.Code);
    }

    private Task<IReadOnlyList<ServiceOutcome>> StartAsync(StartRequest request, string? variable) => Command(variable).RunAsync(request, _engine.Events, CancellationToken.None);

    private StartCommand Command(string? variable)
    {
        var services = _engine.Services with { FindDefinition = name => Definitions.GetValueOrDefault(name) };
        var environment = new EnvironmentSnapshot(variable is null ? [] : [new("LOCALZURE_ACCEPT_EULA", variable)]);
        return new StartCommand(_engine.Runtimes, services, _engine.Host, environment);
    }
}
