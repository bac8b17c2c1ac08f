using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.OnHost;

public sealed class HostFoldersTests
{
    [Fact]
    public async Task RemoveAsync_FolderThatALastWordIsWrittenTo_IsGone()
    {
        using var parent = new TempFolder();
        for (var round = 0; round < 200; round++)
        {
            var folder = parent.File($"logs {round}");
            Directory.CreateDirectory(folder);
            for (var i = 0; i < 20; i++)
            {
                File.WriteAllText(Path.Combine(folder, $"output.{i}.log"), "x");
            }

            // A process writes until its folder is gone.
            var writer = Task.Run(() =>
            {
                for (var i = 0; i < 200; i++)
                {
                    try
                    {
                        File.WriteAllText(Path.Combine(folder, $"last.{i}"), "x");
                    }
                    catch (DirectoryNotFoundException)
                    {
                        return;
                    }
                }
            });

            await HostFolders.RemoveAsync(folder, TimeProvider.System);

            await writer;
            Assert.False(Directory.Exists(folder));
        }
    }

    [Fact]
    public async Task RemoveAsync_NoFolder_IsFine()
    {
        using var parent = new TempFolder();

        await HostFolders.RemoveAsync(parent.File("never was"), TimeProvider.System);

        Assert.True(Directory.Exists(parent.Path));
    }
}
