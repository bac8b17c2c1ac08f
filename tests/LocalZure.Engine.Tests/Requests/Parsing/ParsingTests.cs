using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Requests.Parsing;

/// <summary>What both faces of the engine read.</summary>
public sealed class ParsingTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Moment_AWhileAgo_IsCountedFromNow() =>
        Assert.Equal(_time.GetUtcNow().AddMinutes(-90), Moment.Parse("1h30m", _time).ToUniversalTime());

    [Fact]
    public void Moment_ADate_IsLocalTime() =>
        Assert.Equal(new DateTimeOffset(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Local)), Moment.Parse("2026-03-01", _time));

    [Fact]
    public void Moment_OfNonsense_IsRefusedWithTheWord() =>
        Assert.Equal("'nonsense' is neither a date nor a duration.", Assert.Throws<LocalZureException>(() => Moment.Parse("nonsense", _time)).Message);

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("1024", 1024)]
    public void CpuCount_InItsBounds_IsTaken(string text, double expected) => Assert.Equal(expected, CpuCount.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    [InlineData("-1")]
    [InlineData("1e2")]
    [InlineData("NaN")]
    [InlineData("two")]
    public void CpuCount_ThatCannotBe_IsRefusedWithTheParameter(string text)
    {
        var refusal = Assert.Throws<LocalZureException>(() => Refusal.Named("Cpus", () => CpuCount.Parse(text)));

        Assert.Equal(ErrorCode.ParameterInvalid, refusal.Code);
        Assert.StartsWith("-Cpus: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PortTable_Rows_AreWishesByNameWhateverTheCase()
    {
        var ports = PortTable.Read([KeyValuePair.Create("blob", "1"), KeyValuePair.Create("queue", "auto"), KeyValuePair.Create("BLOB", "30000-30100")]);

        Assert.Equal([("blob", new PortWish(30000, 30100)), ("queue", PortWish.Any)], ports.Select(port => (port.Key, port.Value)));
    }

    [Fact]
    public void VolumeTable_Sources_ArePathsOrNames()
    {
        var volumes = VolumeTable.Read([KeyValuePair.Create("./data", "/data"), KeyValuePair.Create("cache", "/var/cache"), KeyValuePair.Create("..", "/up"), KeyValuePair.Create("cache", "/c")], source => $"full:{source}");

        Assert.Equal([("full:./data", "/data"), ("cache", "/c"), ("full:..", "/up")], volumes.Select(volume => (volume.Key, volume.Value)));
    }

    [Theory]
    [InlineData("services.blob", "services.blob.port services.blob.image")]
    [InlineData("*.port", "services.blob.port services.queue.port")]
    [InlineData("SERVICES.queue.port", "services.queue.port")]
    public void SettingFilter_AKey_IsEverythingBelowIt(string key, string expected)
    {
        var settings = new[] { "services.blob.port", "services.blob.image", "services.queue.port" }.Select(name => new global::LocalZure.Configuration(name, "x", "default")).ToList();

        Assert.Equal(expected, string.Join(' ', SettingFilter.Choose(settings, [key]).Select(setting => setting.Key)));
    }

    [Fact]
    public void StartOutcomes_CommonFailure_IsThatOfTheEngineAlone()
    {
        var failure = new LocalZureException(ErrorCode.DockerUnavailable, "not there");
        var failed = new ServiceOutcome("blob", null, null, failure);
        var other = new ServiceOutcome("queue", null, null, new LocalZureException(ErrorCode.PortInUse, "taken"));

        Assert.Equal((failure, null, null), (StartOutcomes.CommonFailure([failed, failed]), StartOutcomes.CommonFailure([failed, other]), StartOutcomes.CommonFailure([])));
    }

    [Theory]
    [InlineData("PR42", null)]
    [InlineData("pr*", null)]
    [InlineData("", null)]
    [InlineData("Not ok", ErrorCode.NameInvalid)]
    public void CheckNamed_OfAnInstance_PassesOverItsCase(string name, ErrorCode? expected) =>
        Assert.Equal(expected, (Record.Exception(() => Instances.CheckNamed(name)) as LocalZureException)?.Code);

    [Fact]
    public void OfEnvironment_ABadInstance_NamesTheVariable()
    {
        var refusal = Assert.Throws<LocalZureException>(() => Instances.OfEnvironment(new EnvironmentSnapshot([KeyValuePair.Create("LOCALZURE_INSTANCE", "Not ok")])));

        Assert.StartsWith("LOCALZURE_INSTANCE: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("", Instances.OfEnvironment(new EnvironmentSnapshot([])));
    }
}
