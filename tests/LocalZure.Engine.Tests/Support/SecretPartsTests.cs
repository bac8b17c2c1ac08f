using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class SecretPartsTests
{
    [Theory]
    [InlineData("X", "AccountName=a;AccountKey=k1==;BlobEndpoint=http://h:1/a;", "k1==")]
    [InlineData("X", "Endpoint=sb://h;SharedAccessKeyName=Root;SharedAccessKey=SAS_KEY;UseDevelopmentEmulator=true;", "SAS_KEY")]
    [InlineData("X", "BlobEndpoint=http://h;SharedAccessSignature=sv=1&sig=a%2Bb&se=2", "sv=1&sig=a%2Bb&se=2,a%2Bb,a+b")]
    [InlineData("X", "Host=h;Password=p w ;Port=1", "p w")]
    [InlineData("X", "Server=h;Pwd=\"a;\"\"b\"", "\"a;\"\"b\",a;\"b")]
    [InlineData("X", "Endpoint=http://h;Id=a;Secret=s3", "s3")]
    [InlineData("X", "postgresql://postgres:p%40s@h:1/postgres", "p%40s,p@s")]
    [InlineData("MYSQL_PASSWORD", "whole", "")]
    public void Of_AValueWithSecrets_AreTheyAndTheWhole(string name, string value, string parts) =>
        Assert.Equal(parts.Split(',', StringSplitOptions.RemoveEmptyEntries).Append(value).Order(StringComparer.Ordinal), SecretParts.Of(name, value).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("REDIS_URL", "redis://127.0.0.1:6379")]
    [InlineData("ConnectionStrings__redis", "127.0.0.1:6379")]
    [InlineData("X", "Endpoint=http://127.0.0.1:1;TaskHub=default;Authentication=None")]
    [InlineData("X", "Endpoint=http://h;SharedAccessKeyName=Root")]
    [InlineData("X", "Password=;Server=h")]
    [InlineData("X", "")]
    public void Of_AValueWithoutSecrets_IsEmpty(string name, string value) => Assert.Empty(SecretParts.Of(name, value));

    [Fact]
    public async Task Of_LongBlanks_TakeNoTimeBeyondMeasure() =>
        Assert.Empty(await Task.Run(() => SecretParts.Of("X", new string(' ', 20_000))).WaitAsync(Eventually.Deadline));

    [Fact]
    public void Of_SeveralLines_AreMaskedEachAndTogether() =>
        Assert.Equal(["first\r\nsecond", "second", "first"], SecretParts.Of("PRIVATE_KEY", "first\r\nsecond"));
}
