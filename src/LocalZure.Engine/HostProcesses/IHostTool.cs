namespace LocalZure.Engine.HostProcesses;

/// <summary>A program that host mode needs, and how to get it.</summary>
internal interface IHostTool
{
    /// <summary>Finds the program, or installs it into the LocalZure home.</summary>
    /// <param name="progress">Told, in words, what is being done.</param>
    /// <param name="cancellationToken">Ends the installation and removes what is half done.</param>
    /// <exception cref="LocalZureException">HostToolMissing or HostToolInstallFailed.</exception>
    Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken);
}
