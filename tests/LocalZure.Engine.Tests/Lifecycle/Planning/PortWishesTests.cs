using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class PortWishesTests
{
    [Theory]
    [InlineData("blob", "blob", 5000)]
    [InlineData("blob", "", 5000)]
    [InlineData("blob", "blob", 0)]
    [InlineData("blob", "", 65535)]
    [InlineData("storage", "queue", 1)]
    [InlineData("blob,queue", "queue", 1)]
    public void CheckNames_PortsThatAreThere_AreTaken(string services, string name, int port) => Check(services, (name, port));

    [Fact]
    public void CheckNames_TwoFreePorts_AreTaken() => Check("storage", ("blob", 0), ("queue", 0));

    [Theory]
    [InlineData("blob", "blob", -1, "-1 is not a port.")]
    [InlineData("blob", "", 65536, "65536 is not a port.")]
    [InlineData("blob", "queue", 5000, "'queue' is not a port of blob, which has the port blob.")]
    [InlineData("blob", "Blob", 5000, "'Blob' is not a port of blob, which has the port blob.")]
    [InlineData("blob,table", "queue", 5000, "'queue' is not a port of blob and table, which have the ports blob, table.")]
    [InlineData("storage", "", 5000, "Port 5000 alone is not enough: storage has the ports blob, queue, table.")]
    [InlineData("blob,queue", "", 5000, "Port 5000 alone is not enough: blob and queue have the ports blob, queue.")]
    public void CheckNames_OtherPorts_AreRefused(string services, string name, int port, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => Check(services, (name, port)));

        Assert.Equal((ErrorCode.PortInvalid, message), (error.Code, error.Message));
    }

    [Fact]
    public void CheckNames_OnePortTwice_IsRefused()
    {
        var error = Assert.Throws<LocalZureException>(() => Check("storage", ("blob", 5000), ("queue", 5000)));

        Assert.Equal((ErrorCode.PortInvalid, "Port 5000 was asked for twice."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("blob", 5000, 5000, true)]
    [InlineData("", 5000, 5000, true)]
    [InlineData("blob", 0, 0, false)]
    [InlineData("", 0, 0, false)]
    [InlineData("queue", 5000, 10000, false)]
    public void Apply_Wish_GivesThePortAndWhetherItIsFixed(string name, int wish, int expected, bool isExplicit)
    {
        var port = PortWishes.Apply(new Dictionary<string, PortWish> { [name] = wish }, new PortDefinition("blob", 10000, 10000, "x"), "127.0.0.1");

        Assert.Equal(new DesiredPort("blob", 10000, "127.0.0.1", expected, isExplicit, "tcp"), port);
    }

    [Fact]
    public void CheckNames_BareZeroForSeveralPorts_StandsForAllOfThem() => Check("blob,storage", ("", 0));

    [Theory]
    [InlineData("blob")]
    [InlineData("blob,storage")]
    public void CheckNames_BareRange_IsForAllOfThem(string services) =>
        PortWishes.CheckNames(new Dictionary<string, PortWish> { [""] = new(31000, 31010) }, services.Split(',').Select(ServiceCatalog.Get).ToList());

    [Theory]
    [InlineData(0, 31010)]
    [InlineData(31010, 31000)]
    [InlineData(31000, 65536)]
    public void CheckNames_NoRange_IsRefused(int first, int last)
    {
        var error = Assert.Throws<LocalZureException>(() => PortWishes.CheckNames(new Dictionary<string, PortWish> { ["blob"] = new(first, last) }, [ServiceCatalog.Get("blob")]));

        Assert.Equal((ErrorCode.PortInvalid, $"{first}-{last} is not a port."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("blob")]
    [InlineData("")]
    public void Apply_Range_TakesAnyFreePortOfIt(string name)
    {
        var port = PortWishes.Apply(new Dictionary<string, PortWish> { [name] = new(31000, 31010) }, new PortDefinition("blob", 10000, 10000, "x"), "127.0.0.1");

        Assert.Equal(new DesiredPort("blob", 10000, "127.0.0.1", 0, false, "tcp", new PortRange(31000, 31010)), port);
    }

    private static void Check(string services, params (string Name, int Port)[] wishes) =>
        PortWishes.CheckNames(wishes.ToDictionary(wish => wish.Name, wish => (PortWish)wish.Port), services.Split(',').Select(ServiceCatalog.Get).ToList());
}
