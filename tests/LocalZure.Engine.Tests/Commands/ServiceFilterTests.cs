using LocalZure.Engine.Commands;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Commands;

public sealed class ServiceFilterTests
{
    [Theory]
    [InlineData("", null, "blob", null, true)]
    [InlineData("", null, "blob", "x", true)]
    [InlineData("blob", null, "blob", "x", true)]
    [InlineData("BLOB", null, "blob", null, true)]
    [InlineData("blob", null, "queue", null, false)]
    [InlineData("blob,queue", null, "queue", null, true)]
    [InlineData("q*,b*", null, "blob", null, true)]
    [InlineData("", "", "blob", null, true)]
    [InlineData("", "", "blob", "x", false)]
    [InlineData("", "x", "blob", "x", true)]
    [InlineData("", "x", "blob", "y", false)]
    [InlineData("", "x", "blob", null, false)]
    [InlineData("", "*", "blob", "x", true)]
    [InlineData("", "*", "blob", null, false)]
    [InlineData("", "pr-*", "blob", "pr-42", true)]
    [InlineData("q*", "x", "blob", "x", false)]
    public void Matches_Table(string names, string? instance, string service, string? serviceInstance, bool expected)
    {
        var query = new ServiceQuery { Names = names.Split(',', StringSplitOptions.RemoveEmptyEntries), Instance = instance };

        Assert.Equal(expected, new ServiceFilter(query).Matches(new ServiceKey(service, serviceInstance)));
    }

    [Fact]
    public void Matches_NoService_IsNeverMeant() => Assert.False(new ServiceFilter(new ServiceQuery()).Matches(null));

    [Theory]
    [InlineData("[z-a]", null)]
    [InlineData("x", "[z-a]")]
    public void New_BadPattern_IsRefused(string name, string? instance) =>
        Assert.Equal(ErrorCode.NameInvalid, Assert.Throws<LocalZureException>(() => new ServiceFilter(new ServiceQuery { Names = [name], Instance = instance })).Code);
}
