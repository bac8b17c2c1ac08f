using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Doctor;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Doctor;

/// <summary>Makes what checks look at, over the fakes of an engine.</summary>
internal static class Patients
{
    public static Patient Of(TestEngine engine, PrerequisiteRequest request, EngineOptions? options = null, Func<string, ServiceDefinition?>? find = null, CancellationToken cancellationToken = default) => new(
        (options ?? Options(engine)) with { FindDefinition = find ?? (_ => null) },
        request,
        engine.Connector,
        engine.Reader,
        new OrphanCommand(engine.Runtimes, engine.Services, engine.Host, engine.EnvironmentUses),
        cancellationToken);

    public static EngineOptions Options(TestEngine engine) => new() { Home = engine.Home.Path, Environment = engine.Environment, Time = engine.Time };
}
