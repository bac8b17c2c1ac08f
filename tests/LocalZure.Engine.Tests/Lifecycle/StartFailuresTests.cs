using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class StartFailuresTests
{
    [Fact]
    public void Exited_LogQuotesWhatTheFileGives_MasksWhatIsNamedLikeASecret()
    {
        var environment = new Dictionary<string, string> { ["API_KEY"] = "planted{open}address}", ["MODE"] = "development" };
        var service = TestServices.Desired() with { Environment = environment, UserVariables = environment.Keys.ToHashSet() };

        var error = StartFailures.Exited(service, "container", 1, false, ["key planted{address}", "mode development"]);

        Assert.Equal(["key ***", "mode development"], error.Evidence);
    }

    [Fact]
    public void Exited_LogQuotesAPasswordOfWhatItRefersTo_IsMasked()
    {
        var service = TestServices.Desired() with { Values = new Dictionary<string, string> { ["secret.postgres.password"] = "planted-password", ["ref.postgres.connectionString"] = "Host=postgres;Password=planted-password" } };

        var error = StartFailures.Exited(service, "container", 1, false, ["cannot connect with Host=postgres;Password=planted-password"]);

        Assert.DoesNotContain("planted", Assert.Single(error.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void Exited_LogQuotesAPasswordInBase64OrAPartOfAUrl_IsMasked()
    {
        var environment = new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://me:planted-password@h/db" };
        var service = TestServices.Desired() with { Environment = environment, UserVariables = environment.Keys.ToHashSet(), Values = new Dictionary<string, string> { ["secret.postgres.password"] = "planted-too" } };

        var error = StartFailures.Exited(service, "container", 1, false, ["refused cGxhbnRlZC10b28= of sa", "user bWU6cGxhbnRlZC1wYXNzd29yZA==", "planted-password is wrong"]);

        Assert.Equal(["refused *** of sa", "user ***", "*** is wrong"], error.Evidence);
    }
}
