using LocalZure.Engine.Logs;

namespace LocalZure.Engine.Tests.Logs;

public sealed class LinePatternTests
{
    [Theory]
    [InlineData("put", "PUT /blob", true)]
    [InlineData("(?-i)put", "PUT /blob", false)]
    [InlineData(@"(?<=blob/)\d+", "PUT blob/42", true)]
    [InlineData(@"(\w)\1", "aa", true)]
    public void Matches_Line_DisregardsCaseAndKnowsLookAround(string pattern, string line, bool expected) =>
        Assert.Equal(expected, new LinePattern(pattern).Matches(line));

    [Fact]
    public void Create_NoRegularExpression_IsRefused() =>
        Assert.Equal(ErrorCode.ParameterInvalid, Assert.Throws<LocalZureException>(() => new LinePattern("a(b")).Code);

    [Fact]
    public void Matches_ExpressionThatTakesExponentialTimeElsewhere_IsFast() =>
        Assert.False(new LinePattern("^(a+)+$").Matches(new string('a', 20_000) + "!"));

    [Fact]
    public void Matches_ExpressionThatCannotBeFast_IsCutOff() =>
        Assert.Equal(ErrorCode.ParameterInvalid, Assert.Throws<LocalZureException>(() => new LinePattern(@"^(?=x*)(a+)+\1$").Matches(new string('a', 40) + "!")).Code);
}
