using LocalZure.Engine.Catalog;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class InitCheckTests
{
    [Theory]
    [InlineData("redis", "tables: redis has none; it takes exec and scripts.")]
    [InlineData("blob", "tables: blob has none; it takes containers, exec and scripts.")]
    [InlineData("postgres", "tables: postgres has none; it takes databases, sql, exec and scripts.")]
    [InlineData("cosmosdb", "tables: cosmosdb has none; it takes databases, exec and scripts.")]
    [InlineData("servicebus", "tables: servicebus has none; it takes queues, topics, exec and scripts.")]
    [InlineData("eventhubs", "tables: eventhubs has none; it takes event_hubs, exec and scripts.")]
    public void Flaws_WishThatAServiceCannotFulfil_SaysWhatItTakes(string service, string flaw) =>
        Assert.Equal([flaw], InitCheck.Flaws(ServiceCatalog.Get(service), new InitContent { Tables = ["people"] }));

    [Theory]
    [InlineData("photos", true)]
    [InlineData("a-1", true)]
    [InlineData("$web", true)]
    [InlineData("ab", false)]
    [InlineData("a--b", false)]
    [InlineData("-ab", false)]
    [InlineData("Photos", false)]
    [InlineData("photos\n", false)]
    public void Flaws_Container_FollowsAzuresRule(string name, bool isFine) => AssertFlaws("storage", new InitContent { Containers = [name] }, isFine);

    [Theory]
    [InlineData("orders", true)]
    [InlineData("$root", false)]
    [InlineData("or_ders", false)]
    public void Flaws_StorageQueue_FollowsAzuresRule(string name, bool isFine) => AssertFlaws("storage", new InitContent { Queues = [name] }, isFine);

    [Theory]
    [InlineData("People2", true)]
    [InlineData("2people", false)]
    [InlineData("Tables", false)]
    [InlineData("a-bc", false)]
    public void Flaws_Table_FollowsAzuresRule(string name, bool isFine) => AssertFlaws("storage", new InitContent { Tables = [name] }, isFine);

    [Theory]
    [InlineData("shop_1", true)]
    [InlineData("audit-log", true)]
    [InlineData("a\"; drop", false)]
    [InlineData("1a", false)]
    [InlineData("", false)]
    public void Flaws_Database_NeedsNoEscape(string name, bool isFine)
    {
        AssertFlaws("postgres", new InitContent { Databases = [name] }, isFine);
        AssertFlaws("sql", new InitContent { Databases = [name] }, isFine);
    }

    [Theory]
    [InlineData("orders/eu.1_a-b", true)]
    [InlineData("-orders", false)]
    [InlineData("or ders", false)]
    public void Flaws_ServiceBusQueue_FollowsAzuresRule(string name, bool isFine) => AssertFlaws("servicebus", new InitContent { Queues = [name] }, isFine);

    [Fact]
    public void Flaws_LimitsOfTheEmulators_AreTold()
    {
        var queues = new InitContent { Queues = Names(50), Topics = Groups(("t", [])) };
        var hubs = new InitContent { EventHubs = Names(11).ToDictionary(name => name, IReadOnlyList<string> (_) => ["$Default"]) };

        Assert.Equal(
            ["queues: the emulator takes at most 50 queues and topics together.", "topics.t: a topic has 1 to 50 subscriptions in the emulator, this one 0."],
            InitCheck.Flaws(ServiceCatalog.Get("servicebus"), queues));
        Assert.Equal(["event_hubs: the emulator takes at most 10 event hubs."], InitCheck.Flaws(ServiceCatalog.Get("eventhubs"), hubs));
        Assert.Equal(["event_hubs.h: an event hub has at most 20 consumer groups, this one 21."], InitCheck.Flaws(ServiceCatalog.Get("eventhubs"), new InitContent { EventHubs = Groups(("h", Names(21))) }));
    }

    [Fact]
    public void Flaws_RepeatedNamesMissingFilesAndEmptyCommands_AreTold() => Assert.Equal(
        ["databases: 'shop' is there more than once.", "sql: there is no file '/no/such.sql'.", "exec: a command is empty.", "scripts: a command is empty."],
        InitCheck.Flaws(ServiceCatalog.Get("postgres"), new InitContent { Databases = ["shop", "SHOP"], Sql = ["/no/such.sql"], Exec = [[]], Scripts = [[""]] }));

    [Fact]
    public void CheckHostMode_CommandInTheContainer_IsRefused()
    {
        var error = Assert.Throws<LocalZureException>(() => InitCheck.CheckHostMode("redis", "pr42", new InitContent { Exec = [["a"]] }));

        Assert.Equal((ErrorCode.HostModeUnsupported, "redis", "pr42"), (error.Code, error.Service, error.Instance));
        Assert.Contains("init.scripts", error.Remedy, StringComparison.Ordinal);
        InitCheck.CheckHostMode("redis", null, new InitContent { Scripts = [["a"]] });
        InitCheck.CheckHostMode("redis", null, null);
    }

    private static void AssertFlaws(string service, InitContent content, bool isFine) => Assert.Equal(isFine, InitCheck.Flaws(ServiceCatalog.Get(service), content).Count == 0);

    private static List<string> Names(int count) => Enumerable.Range(1, count).Select(index => $"n{index}").ToList();

    private static Dictionary<string, IReadOnlyList<string>> Groups(params (string Name, IReadOnlyList<string> Members)[] groups) => groups.ToDictionary(group => group.Name, group => group.Members);
}
