using LocalZure.Engine.Secrets;

namespace LocalZure.Engine.Tests.Secrets;

public sealed class SecretKeyTests
{
    private static readonly byte[] Bytes = Enumerable.Range(1, SecretKey.Length).Select(number => (byte)number).ToArray();

    [Fact]
    public void Make_AnyNames_HasEveryKindOfLetterAndNothingThatAConnectionStringOrUrlCutsUp()
    {
        var key = new SecretKey(Bytes);

        var secrets = Enumerable.Range(0, 500).Select(number => key.Make("sql", $"i{number}", "password")).ToList();

        Assert.All(secrets, secret => Assert.Matches(@"\A(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[-_.])[A-Z][A-Za-z0-9._-]{22,}[A-Za-z0-9]\z", secret));
        Assert.Distinct(secrets);
    }

    [Fact]
    public void Make_SameKeyAndNames_IsTheSameInEveryVersion() =>
        Assert.Equal(new SecretKey(Bytes).Make("sql", null, "password"), new SecretKey([.. Bytes]).Make("sql", null, "password"));

    [Fact]
    public void Make_OtherKeyServiceInstanceOrName_IsAnother()
    {
        var key = new SecretKey(Bytes);
        var other = new SecretKey([.. Bytes.Skip(1), 0]);

        string[] all =
        [
            key.Make("sql", null, "password"), other.Make("sql", null, "password"), key.Make("sql", "", "password"), key.Make("sql", "a", "password"),
            key.Make("sql", null, "passwor"), key.Make("sqla", null, "password"), key.Make("sq", "l", "password"), key.Make("sql", "p", "assword"),
        ];

        Assert.Distinct(all);
    }

    [Fact]
    public void Id_OfAKey_TellsItFromOthersWithoutBeingPartOfIt()
    {
        var id = new SecretKey(Bytes).Id;

        Assert.Matches(@"\A[0-9a-f]{16}\z", id);
        Assert.Equal(id, new SecretKey([.. Bytes]).Id);
        Assert.NotEqual(id, new SecretKey(new byte[SecretKey.Length]).Id);
        Assert.DoesNotContain(id, Convert.ToHexString(Bytes).ToLowerInvariant(), StringComparison.Ordinal);
    }
}
