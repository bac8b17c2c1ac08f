using LocalZure.Engine.Docker.Registry;

namespace LocalZure.Engine.Tests.Docker;

public sealed class PullFailureClassifierTests
{
    [Theory]
    [InlineData("toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit", ErrorCode.RegistryRateLimited)]
    [InlineData("initializing source docker://x:1: reading manifest 1 in docker.io/library/x: toomanyrequests: too many", ErrorCode.RegistryRateLimited)]
    [InlineData("pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", ErrorCode.RegistryUnauthorized)]
    [InlineData("Get \"https://r.example/v2/x/manifests/1\": no basic auth credentials", ErrorCode.RegistryUnauthorized)]
    [InlineData("Head \"https://ghcr.io/v2/x/manifests/1\": unauthorized: authentication required", ErrorCode.RegistryUnauthorized)]
    [InlineData("Head \"https://r.example/v2/x/manifests/1\": denied: permission denied", ErrorCode.RegistryUnauthorized)]
    [InlineData("failed to resolve reference \"docker.io/library/x:1\": pull access denied, repository does not exist or may require authorization", ErrorCode.RegistryUnauthorized)]
    [InlineData("manifest for x:1 not found: manifest unknown: manifest unknown", ErrorCode.ImageNotFound)]
    [InlineData("manifest for mcr.microsoft.com/x:1 not found", ErrorCode.ImageNotFound)]
    [InlineData("failed to resolve reference \"docker.io/library/x:1\": docker.io/library/x:1: not found", ErrorCode.ImageNotFound)]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", ErrorCode.ImageArchitectureMismatch)]
    [InlineData("choosing an image from manifest list docker://x:1: no image found in manifest list for architecture \"arm64\", variant \"v8\", OS \"linux\"", ErrorCode.ImageArchitectureMismatch)]
    [InlineData("failed to register layer: write /x: no space left on device", ErrorCode.DiskFull)]
    [InlineData("Get \"https://r.example/v2/\": dial tcp: lookup r.example: no such host", ErrorCode.ImagePullFailed)]
    [InlineData("failed to resolve reference \"r.example/x:1\": failed to do request: Head \"https://r.example/v2/x/manifests/1\": dial tcp 127.0.0.1:443: connect: connection refused", ErrorCode.ImagePullFailed)]
    [InlineData("unexpected EOF", ErrorCode.ImagePullFailed)]
    public void Of_TextsOfEngines_GetTheirCode(string message, ErrorCode expected)
    {
        var failure = PullFailureClassifier.Of("r.example/x:1", "r.example", message, new RegistryLogin(null, "the helper failed"), null);

        Assert.Equal(expected, failure.Code);
        Assert.Equal([message, "the helper failed"], failure.Evidence);
    }

    [Fact]
    public void Of_AccessDenied_NamesBothWaysOut()
    {
        var failure = PullFailureClassifier.Of("x", "docker.io", "pull access denied for x", RegistryLogin.Anonymous, null);

        Assert.Equal("Check the image's name and tag; if they are right, sign in with 'docker login docker.io'.", failure.Remedy);
    }
}
