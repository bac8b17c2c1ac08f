using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class NameRuleTests
{
    public static TheoryData<string> Good => ["a", "0", "blob", "pr-42", "a.b_c-d", "0-", new string('x', 63)];

    public static TheoryData<string> Bad => ["", " ", "A", "Blob", "-a", ".a", "_a", "a b", "a/b", "ä", "a\n", "\na", "a:b", "..", new string('x', 64)];

    [Theory]
    [MemberData(nameof(Good))]
    public void Check_Allowed_IsTaken(string name) => NameRule.Check("instance", name);

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_NotAllowed_IsRefused(string name)
    {
        var error = Assert.Throws<LocalZureException>(() => NameRule.Check("instance", name));

        Assert.Equal((ErrorCode.NameInvalid, $"'{name}' is not a valid instance name."), (error.Code, error.Message));
    }

    [Fact]
    public void Check_VeryLongName_IsShortenedInTheMessage()
    {
        var error = Assert.Throws<LocalZureException>(() => NameRule.Check("service", new string('x', 5000)));

        Assert.Equal($"'{new string('x', 77)}...' is not a valid service name.", error.Message);
    }
}
