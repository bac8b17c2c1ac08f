using System.Runtime.Versioning;
using LocalZure.Engine.Secrets;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Secrets;

public sealed class HomeSecretsTests : IDisposable
{
    private readonly TempFolder _home = new();

    [Fact]
    public async Task Find_NewHome_IsNullAndWritesNothing()
    {
        Assert.Null(await new HomeSecrets(Path.Combine(_home.Path, "new")).FindAsync(CancellationToken.None));
        Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public async Task Get_ManyAtOnce_AllGetTheSameKey()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => new HomeSecrets(_home.Path).GetAsync(CancellationToken.None))));

        Assert.Single(keys.Select(key => key.Id).Distinct());
        Assert.Equal([_home.File("secret.key")], Directory.GetFileSystemEntries(_home.Path));
        Assert.Equal(SecretKey.Length, new FileInfo(_home.File("secret.key")).Length);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Get_NewHome_LetsNobodyElseReadTheKey()
    {
        await new HomeSecrets(_home.Path).GetAsync(CancellationToken.None);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.File("secret.key")));
    }

    [Fact]
    public async Task Get_OtherHomes_HaveOtherKeys()
    {
        using var other = new TempFolder();

        Assert.NotEqual((await new HomeSecrets(_home.Path).GetAsync(CancellationToken.None)).Id, (await new HomeSecrets(other.Path).GetAsync(CancellationToken.None)).Id);
    }

    [Fact]
    public async Task Get_DamagedFile_SaysSoAndLeavesIt()
    {
        File.WriteAllText(_home.File("secret.key"), "short");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => new HomeSecrets(_home.Path).GetAsync(CancellationToken.None));

        Assert.Equal((ErrorCode.StateCorrupt, $"The key of generated passwords, '{_home.File("secret.key")}', cannot be used: it has 5 bytes instead of 32."), (error.Code, error.Message));
        Assert.Equal("short", File.ReadAllText(_home.File("secret.key")));
    }

    public void Dispose() => _home.Dispose();
}
