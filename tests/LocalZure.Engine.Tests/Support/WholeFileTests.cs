using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class WholeFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => _folder.File("a.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_ManyAtOnce_OneIsTheFileAndKnowsIt()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(async () => (number, IsMine: await CreateAsync($"{number}")))));

        var winner = Assert.Single(made, one => one.IsMine).number;
        Assert.Equal($"{winner}", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Create_NameOfAFolder_IsTaken()
    {
        Directory.CreateDirectory(Target);

        Assert.False(await CreateAsync("x"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task NameUnderLock_ManyAtOnce_OneIsTheFile()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(async () =>
        {
            var half = _folder.File($"{number}.half");
            await File.WriteAllTextAsync(half, $"{number}");
            return (number, IsMine: await WholeFile.NameUnderLockAsync(half, Target));
        })));

        Assert.Equal($"{Assert.Single(made, one => one.IsMine).number}", await File.ReadAllTextAsync(Target));
        Assert.Equal(31, Directory.GetFiles(_folder.Path, "*.half").Length);
        Assert.False(File.Exists(Target + ".lock"));
    }

    [Fact]
    public async Task Create_WriterFails_LeavesNothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeFile.CreateAsync(Target, _ => throw new InvalidOperationException()));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Replace_WriterFailsHalfWay_LeavesTheOldOne()
    {
        await File.WriteAllTextAsync(Target, "old");

        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeFile.ReplaceAsync(Target, async file =>
        {
            await file.WriteAsync("new"u8.ToArray());
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Replace_WhatIsThere_IsTheNewOne()
    {
        await File.WriteAllTextAsync(Target, "old");

        await WholeFile.ReplaceAsync(Target, file => file.WriteAsync("new"u8.ToArray()).AsTask());
        Assert.Equal("new", await File.ReadAllTextAsync(Target));

        WholeFile.Replace(Target, file => file.Write("newer"u8));
        Assert.Equal("newer", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    private Task<bool> CreateAsync(string text) => WholeFile.CreateAsync(Target, file => file.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask());
}
