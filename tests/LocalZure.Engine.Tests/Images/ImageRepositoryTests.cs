using LocalZure.Engine.Images;

namespace LocalZure.Engine.Tests.Images;

public sealed class ImageRepositoryTests
{
    [Theory]
    [InlineData("web", "web")]
    [InlineData("web.api_v1-x", "web.api_v1-x")]
    [InlineData("web..api-_", "web-api")]
    public void NameOf_Service_IsANameThatEnginesTake(string service, string expected) => Assert.Equal(expected, ImageRepository.NameOf(service));
}
