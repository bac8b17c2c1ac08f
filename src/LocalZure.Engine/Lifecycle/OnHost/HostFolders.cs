namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Removes folders of ours.</summary>
internal static class HostFolders
{
    private const int MostTries = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Removes a folder with all that is in it; one that is not there is fine. What a process that has just ended had begun to write, or its
    /// log writer still does, is waited for: half a second at most.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock.</param>
    public static async Task RemoveAsync(string folder, TimeProvider time)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                // Somebody else was faster, or it never was.
                return;
            }
            catch (IOException) when (tries < MostTries)
            {
                await Task.Delay(Pause, time).ConfigureAwait(false);
            }
        }
    }
}
