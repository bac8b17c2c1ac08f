using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Drafts;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Configuration;

public sealed class DraftTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FindAsync_ProjectsOfAFolder_TellWhatTheyUse()
    {
        Directory.CreateDirectory(_folder.File("src", "bin"));
        File.WriteAllText(_folder.File("local.settings.json"), """{ /* c */ "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true", "Orders": "Endpoint=sb://x.example/;SharedAccessKey=topsecret", "N": 1, }, "ConnectionStrings": { "Db": "Server=tcp:x;Password=topsecret" } }""");
        File.WriteAllText(_folder.File("src", "Shop.csproj"), """<Project><ItemGroup><PackageReference Include="Azure.Storage.Blobs" Version="1" /><PackageReference Include="Npgsql" /><PackageReference Update="Azure.Data.Tables" /></ItemGroup></Project>""");
        File.WriteAllText(_folder.File("src", "bin", "Old.csproj"), """<Project><ItemGroup><PackageReference Include="MQTTnet" /></ItemGroup></Project>""");
        File.WriteAllText(_folder.File("docker-compose.yml"), "services:\n  cache:\n    image: redis:7\n  own:\n    build: .\n  sql:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n  Shop-Api:\n    image: acme/api:2\n");

        var uses = await UseFinder.FindAsync(_folder.Path, CancellationToken.None);

        Assert.Equal(
            [
                new("redis", "redis:7 in docker-compose.yml"),
                new("sql", "mcr.microsoft.com/mssql/server:2022-latest in docker-compose.yml"),
                new("Shop-Api", "acme/api:2 in docker-compose.yml") { Image = "acme/api:2" },
                new("storage", "AzureWebJobsStorage in local.settings.json"),
                new("servicebus", "Orders in local.settings.json"),
                new("sql", "Db in local.settings.json"),
                new("blob", "Azure.Storage.Blobs in src/Shop.csproj"),
                new("postgres", "Npgsql in src/Shop.csproj"),
            ],
            uses);
    }

    [Fact]
    public async Task FindAsync_FilesThatAreBroken_ArePassedOver()
    {
        File.WriteAllText(_folder.File("local.settings.json"), "{ \"Values\": [");
        File.WriteAllText(_folder.File("A.csproj"), "<Project><Item");
        File.WriteAllText(_folder.File("compose.yaml"), "services: [");

        Assert.Empty(await UseFinder.FindAsync(_folder.Path, CancellationToken.None));
    }

    public static TheoryData<string, string[]> Drafts => new()
    {
        { "shop", [] },
        { "My Shop ä", ["blob"] },
        { "", ["nothing-like-it"] },
        { "...", ["blob", "queue", "sql", "sql"] },
        { "on", ["bus", "storage", "blob"] },
    };

    [Theory]
    [MemberData(nameof(Drafts))]
    public void Write_WhateverIsUsed_IsAFileWithoutErrors(string folder, string[] services)
    {
        var text = ConfigurationDraft.Write(folder, services.Select(name => new ServiceUse(name, $"{name}\n in x.csproj")).ToList(), ConfigurationText.Find);

        var loaded = ConfigurationText.Load(text);
        Assert.True(loaded.Errors.Count == 0, $"{string.Join('\n', loaded.Errors)}\n{text}");
        var known = services.Where(name => ConfigurationText.Find(name) is not null).Select(name => services.Contains("storage") && name == "blob" ? "storage" : name);
        Assert.Equal(known.Distinct().Order(), loaded.Settings.Services.Keys.Order());
    }

    [Fact]
    public void Write_LicenceThatAsks_IsNamedAndNotAccepted()
    {
        var definition = ConfigurationText.Sql with { License = new LicenseDefinition("the licence", "https://licence.example", "ACCEPT_EULA", "Y") };

        var text = ConfigurationDraft.Write("shop", [new ServiceUse("sql", "x")], name => name == "sql" ? definition : null);

        Assert.Contains("    # accept_eula: true       # once you have read https://licence.example\n", text, StringComparison.Ordinal);
        Assert.Null(ConfigurationText.Load(text).Settings.Services["sql"].AcceptEula);
    }

    [Fact]
    public void Write_ImageThatTheCatalogDoesNotHave_IsACommentWithIt()
    {
        var text = ConfigurationDraft.Write("shop", [new ServiceUse("Redis", "acme/api:2 in compose.yml") { Image = "acme/api:2" }], ConfigurationText.Find);

        Assert.Contains("  # redis:   # acme/api:2 in compose.yml; the catalog has no such service\n  #   image: acme/api:2\n", text, StringComparison.Ordinal);
        Assert.Empty(ConfigurationText.Load(text).Settings.Services);
    }

    [Theory]
    [InlineData("blob", "storage", "storage", "STORAGE")]
    [InlineData("queue", "blob", "blob", "STORAGE")]
    [InlineData("redis", "sql", "redis", "CONNECTION")]
    public void Write_Example_RefersToAServiceOfTheFile(string first, string second, string referred, string variable)
    {
        var text = ConfigurationDraft.Write("shop", [new ServiceUse(first, "x"), new ServiceUse(second, "x")], ServiceCatalog.Find);

        Assert.Contains($"{{ {variable}: \"${{{referred}.connectionString}}\" }}", text, StringComparison.Ordinal);
    }
}
