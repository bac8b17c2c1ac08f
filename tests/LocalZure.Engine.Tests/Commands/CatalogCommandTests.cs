using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class CatalogCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordedEvents _events = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExplainMissing_OfAQuery_AreExactNamesThatWereNotFound()
    {
        await File.WriteAllTextAsync(_folder.File("localzure.yml"), "services: { shop: { image: 'demo:1' } }");
        var unseen = new LocalZureException(ErrorCode.DockerUnavailable, "not there");
        var query = new ServiceQuery { Names = ["BLOB", "que*", "table", "nope", "shop"] };

        var seen = await Command().ExplainMissingAsync(query, ["blob"], null, Configuration(), default);
        var blind = await Command().ExplainMissingAsync(query, ["blob"], unseen, Configuration(), default);

        Assert.Equal([("table", ErrorCode.ServiceNotRunning), ("nope", ErrorCode.ServiceUnknown), ("shop", ErrorCode.ServiceNotRunning)], seen.Select(missing => (missing.Name, missing.Error!.Code)));
        Assert.Equal([("table", ErrorCode.DockerUnavailable), ("nope", ErrorCode.ServiceUnknown), ("shop", ErrorCode.DockerUnavailable)], blind.Select(missing => (missing.Name, missing.Error!.Code)));
        Assert.Empty(await Command().ExplainMissingAsync(query with { Instance = "pr*" }, [], unseen, Configuration(), default));
    }

    [Fact]
    public async Task Find_OwnServicesOfAProject_AreAmongThem()
    {
        await File.WriteAllTextAsync(_folder.File("localzure.yml"), "services: { shop: { image: 'demo:1', ports: { http: { container: 80 } } } }");

        Assert.Equal(["shop"], (await Command().FindAsync(["sho*"], Configuration(), _events, default)).Select(service => service.Name));
        Assert.Equal(ServiceCatalog.All.Count + 1, (await Command().FindAsync([], Configuration(), _events, default)).Count);
    }

    [Fact]
    public async Task Find_ProjectThatCannotBeRead_IsTheCatalogWithAWarning()
    {
        await File.WriteAllTextAsync(_folder.File("localzure.yml"), "services: { shop: { imag: 'demo:1' } }");

        Assert.Equal(ServiceCatalog.All.Count, (await Command().FindAsync([], Configuration(), _events, default)).Count);
        Assert.StartsWith("Services of the project are not listed:", Assert.Single(_events.Warnings), StringComparison.Ordinal);
        Assert.Equal(ErrorCode.ServiceUnknown, Assert.Single(await Command().ExplainMissingAsync(new ServiceQuery { Names = ["shop"] }, [], null, Configuration(), default)).Error!.Code);
    }

    private ConfigurationRequest Configuration() => new() { Folder = _folder.Path };

    private CatalogCommand Command() => new(new ProjectLoader(new EnvironmentSnapshot([]), _folder.File("home"), ServiceCatalog.Find));
}
