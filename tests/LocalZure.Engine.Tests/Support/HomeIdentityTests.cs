using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class HomeIdentityTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task GetAsync_ManyAtOnce_GiveOneId()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => New().GetAsync(default))));

        Assert.Matches("\\A[0-9a-f]{32}\\z", Assert.Single(ids.Distinct()));
        Assert.Equal(ids[0], await New().FindAsync(default));
        Assert.Equal(["home.id"], Directory.GetFileSystemEntries(_home.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task FindAsync_None_IsNull() => Assert.Null(await New().FindAsync(default));

    [Fact]
    public async Task FindAsync_SomethingElse_IsToldWithItsFile()
    {
        await File.WriteAllTextAsync(_home.File("home.id"), "x");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => New().GetAsync(default));

        Assert.Equal(ErrorCode.StateCorrupt, error.Code);
        Assert.Contains(_home.File("home.id"), error.Message, StringComparison.Ordinal);
    }

    private HomeIdentity New() => new(_home.Path);
}
