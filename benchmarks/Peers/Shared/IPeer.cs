namespace LocalZure.Benchmarks.Peers;

/// <summary>A tool that LocalZure is compared with.</summary>
internal interface IPeer
{
    /// <summary>Its name and version.</summary>
    string Name { get; }

    /// <summary>Starts containers, all in one go, and ends when its own means say that they run.</summary>
    Task StartAsync(PeerRequest request);

    /// <summary>Ends and removes all that was started.</summary>
    Task StopAsync();
}
