using LocalZure.Engine.Docker.Registry;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("redis", "redis", "latest", "docker.io")]
    [InlineData("redis:7", "redis", "7", "docker.io")]
    [InlineData("team/app", "team/app", "latest", "docker.io")]
    [InlineData("docker.io/library/redis:7", "docker.io/library/redis", "7", "docker.io")]
    [InlineData("index.docker.io/library/redis:7", "index.docker.io/library/redis", "7", "docker.io")]
    [InlineData("MYREG/x:1", "MYREG/x", "1", "MYREG")]
    [InlineData("myreg/x:1", "myreg/x", "1", "docker.io")]
    [InlineData("localhost/x", "localhost/x", "latest", "localhost")]
    [InlineData("localhost:5000/x", "localhost:5000/x", "latest", "localhost:5000")]
    [InlineData("localhost:5000/a/b:1.2", "localhost:5000/a/b", "1.2", "localhost:5000")]
    [InlineData("mcr.microsoft.com/azure-storage/azurite:3.35.0", "mcr.microsoft.com/azure-storage/azurite", "3.35.0", "mcr.microsoft.com")]
    [InlineData("r.example/x@" + Digest, "r.example/x", Digest, "r.example")]
    [InlineData("r.example:1/x:tag@" + Digest, "r.example:1/x", Digest, "r.example:1")]
    public void Parse_Name_GivesItsParts(string image, string name, string version, string registry)
    {
        var reference = ImageReference.Parse(image);

        Assert.Equal((name, version, registry), (reference.Name, reference.Version, reference.Registry));
    }
}
