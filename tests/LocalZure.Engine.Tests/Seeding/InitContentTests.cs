using LocalZure.Engine.Seeding;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class InitContentTests
{
    [Fact]
    public async Task ReadHash_AnyChange_IsAnother()
    {
        using var folder = new TempFolder();
        var file = folder.File("a.sql");
        await File.WriteAllTextAsync(file, "select 1");
        var contents = new InitContent[]
        {
            new(),
            new() { Queues = ["a"] },
            new() { Queues = ["a", "b"] },
            new() { Queues = ["ab"] },
            new() { Containers = ["a"] },
            new() { Tables = ["a"] },
            new() { Databases = ["a"] },
            new() { Topics = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"] } },
            new() { EventHubs = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"] } },
            new() { Exec = [["a", "b"]] },
            new() { Exec = [["a"], ["b"]] },
            new() { Scripts = [["a", "b"]] },
            new() { Sql = [file] },
        };

        var hashes = await Task.WhenAll(contents.Select(content => content.ReadHashAsync(CancellationToken.None)));

        Assert.Equal(contents.Length, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{16}$", hash));
    }

    [Fact]
    public async Task ReadHash_SqlFile_CountsByContentAlone()
    {
        using var folder = new TempFolder();
        var (one, other) = (folder.File("a.sql"), folder.File("b.sql"));
        await File.WriteAllTextAsync(one, "select 1");
        await File.WriteAllTextAsync(other, "select 1");
        var hash = await new InitContent { Sql = [one] }.ReadHashAsync(CancellationToken.None);

        Assert.Equal(hash, await new InitContent { Sql = [other], Folder = folder.Path }.ReadHashAsync(CancellationToken.None));
        await File.WriteAllTextAsync(one, "select 2");
        Assert.NotEqual(hash, await new InitContent { Sql = [one] }.ReadHashAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadHash_MissingFile_IsConfigInvalid()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => new InitContent { Sql = ["/no/such.sql"] }.ReadHashAsync(CancellationToken.None));

        Assert.Equal(ErrorCode.ConfigInvalid, error.Code);
        Assert.Contains("'/no/such.sql'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsEmpty_AnyWish_IsNot()
    {
        Assert.True(new InitContent().IsEmpty);
        Assert.False(new InitContent { Scripts = [["a"]] }.IsEmpty);
        Assert.False(new InitContent { Topics = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"] } }.IsEmpty);
    }
}
