using LocalZure.Engine.Catalog;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>Where a service runs, as its hooks see it: a container, or this machine.</summary>
internal interface ISeedPlace
{
    /// <summary>Reads what is known of the data.</summary>
    Task<SeedMemory> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Remembers that hooks have run.</summary>
    Task RememberAsync(SeedMarker marker, CancellationToken cancellationToken);

    /// <summary>Forgets what is remembered of hooks.</summary>
    Task ForgetAsync(CancellationToken cancellationToken);

    /// <summary>Runs SQL with the client of the service.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">A name for the file that it reads.</param>
    /// <param name="sql">The statements.</param>
    /// <param name="database">The database; null for the client's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalZureException">HostToolMissing when the client is not there; ServiceNotRunning when the service is gone.</exception>
    Task<CommandResult> RunSqlAsync(SqlInit client, string name, ReadOnlyMemory<byte> sql, string? database, CancellationToken cancellationToken);

    /// <summary>Runs a command where the service runs.</summary>
    /// <param name="command">The command; a single text is taken apart by a shell.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalZureException">HostModeUnsupported on this machine; ServiceNotRunning when the container is gone.</exception>
    Task<CommandResult> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);
}
