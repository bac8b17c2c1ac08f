using System.Text;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Configuration;

/// <summary>Loads texts as if they were files.</summary>
internal static class ConfigurationText
{
    public const string Path = "/project/localzure.yml";

    public static readonly ServiceDefinition Sql = ServiceCatalog.Get("blob") with { Name = "sql", DependsOn = [], Ports = [new PortDefinition("sql", 1433, 1433, "TDS")], Init = ServiceCatalog.Get("postgres").Init, Files = [new FileDefinition("sql.json", "/sql.json", "{}")] };

    /// <summary>The catalog, a database, and a service that needs it.</summary>
    public static ServiceDefinition? Find(string name) => name switch
    {
        "sql" => Sql,
        "bus" => Sql with { Name = "bus", DependsOn = ["sql"], Init = ServiceCatalog.Get("servicebus").Init, Files = ServiceCatalog.Get("servicebus").Files, Ports = [new PortDefinition("amqp", 5672, 5672, "AMQP"), new PortDefinition("http", 5300, 5300, "health")] },
        "alpine" => Sql with { Name = "alpine", Image = "registry.example/tool:1.2", AlpineImage = "registry.example/tool:1.2-alpine" },
        _ => ServiceCatalog.Find(name),
    };

    public static LoadedConfiguration Load(string text, string? user = null, ConfigurationRequest? request = null, params (string Name, string Value)[] environment) =>
        Load(Encoding.UTF8.GetBytes(text), user, request, environment);

    public static LoadedConfiguration Load(byte[] bytes, string? user = null, ConfigurationRequest? request = null, params (string Name, string Value)[] environment)
    {
        var problems = new Problems();
        var file = ConfigurationFile.Parse(bytes, new Source(SourceKind.File, Path), problems);
        var below = user is null ? null : ConfigurationFile.Parse(Encoding.UTF8.GetBytes(user), new Source(SourceKind.UserFile, "/home/localzure.yml"), problems);
        var snapshot = new EnvironmentSnapshot(environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        return new ConfigurationLoader(snapshot, "/home", Find).Load(request ?? new ConfigurationRequest { Folder = "/project" }, Path, file, below, problems);
    }

    /// <summary>The settings in effect, each as <c>key = value (origin)</c>.</summary>
    public static IReadOnlyList<string> Report(LoadedConfiguration loaded) =>
        new ConfigurationReport(loaded.Checked(), Find).Create().Select(setting => $"{setting} ({setting.Origin})").ToList();
}
