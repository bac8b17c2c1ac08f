using LocalZure.Engine.Ports;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Ports;

public sealed class PortMemoryTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task ReadAsync_AfterRemember_GivesTheLastPortsOfTheService()
    {
        var memory = new PortMemory(_home.Path);

        await memory.RememberAsync("localzure-a", new Dictionary<string, int> { ["main"] = 31000, ["other"] = 31001 }, default);
        await memory.RememberAsync("localzure-a", new Dictionary<string, int> { ["main"] = 31002 }, default);
        await memory.RememberAsync("localzure-b", new Dictionary<string, int> { ["main"] = 31003 }, default);

        Assert.Equal(new Dictionary<string, int> { ["main"] = 31002, ["other"] = 31001 }, await new PortMemory(_home.Path).ReadAsync("localzure-a", default));
    }

    [Fact]
    public async Task RememberAsync_NothingNew_WritesNothing()
    {
        await new PortMemory(_home.Path).RememberAsync("localzure-a", new Dictionary<string, int>(), default);

        Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{ \"main\": \"x\" }")]
    public async Task ReadAsync_OtherContent_CountsAsNone(string content)
    {
        Directory.CreateDirectory(_home.File("ports"));
        await File.WriteAllTextAsync(_home.File("ports", "localzure-a.json"), content);

        Assert.Empty(await new PortMemory(_home.Path).ReadAsync("localzure-a", default));
    }

    [Fact]
    public void Allocate_Preferred_IsGivenWhenItIsFreeAndInTheRange()
    {
        var port = HttpStub.UnusedPort();
        var allocator = new PortAllocator(new PortRange(port, port + 50), null, new Random(1));

        Assert.Equal(port, allocator.Allocate("127.0.0.1", _ => false, port));
        Assert.NotEqual(port, allocator.Allocate("127.0.0.1", taken => taken == port, port));
        Assert.NotEqual(port - 1, allocator.Allocate("127.0.0.1", _ => false, port - 1));
    }
}
