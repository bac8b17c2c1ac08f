namespace LocalZure.Faults.Support;

/// <summary>One daemon for all tests of a class.</summary>
public sealed class OwnDaemonFixture : IAsyncLifetime
{
    internal OwnDaemon Daemon { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (OwnDaemon.Problem is null)
        {
            Daemon = await OwnDaemon.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Daemon is not null)
        {
            await Daemon.DisposeAsync();
        }
    }
}
