using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class PortWishesTests
{
    private static readonly IReadOnlyList<ServiceDefinition> BlobAndStorage = [ServiceCatalog.Get("blob"), ServiceCatalog.Get("storage")];

    [Fact]
    public void CheckNames_BarePortForSeveralPorts_IsRefused()
    {
        var failure = Assert.Throws<LocalZureException>(() => PortWishes.CheckNames(new Dictionary<string, int> { [""] = 10000 }, BlobAndStorage));

        Assert.Equal(ErrorCode.PortInvalid, failure.Code);
    }

    [Fact]
    public void CheckNames_BareZeroForSeveralPorts_StandsForAllOfThem()
    {
        var wishes = new Dictionary<string, int> { [""] = 0 };

        PortWishes.CheckNames(wishes, BlobAndStorage);

        Assert.All(
            BlobAndStorage.SelectMany(definition => definition.Ports),
            port => Assert.Equal(
                new DesiredPort(port.Name, port.ContainerPort, "127.0.0.1", 0, Explicit: false, port.Protocol),
                PortWishes.Apply(wishes, port, "127.0.0.1")));
    }
}
