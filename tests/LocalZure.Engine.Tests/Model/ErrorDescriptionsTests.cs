namespace LocalZure.Engine.Tests.Model;

public sealed class ErrorDescriptionsTests
{
    public static TheoryData<ErrorCode> Codes => new(Enum.GetValues<ErrorCode>());

    [Theory]
    [MemberData(nameof(Codes))]
    public void For_EveryCode_HasARemedyThatIsASentence(ErrorCode code)
    {
        var description = ErrorDescriptions.For(code);

        Assert.EndsWith(".", description.Remedy, StringComparison.Ordinal);
    }
}
