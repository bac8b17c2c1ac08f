using System.Globalization;
using System.Text;
using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Seeding;

/// <summary>Turns a content into what has to be done, in order: resources, SQL files, commands, scripts.</summary>
internal sealed class InitHooks
{
    private readonly InitContent _content;
    private readonly InitDefinition _definition;
    private readonly Service _service;
    private readonly ISeedPlace _place;
    private readonly RestSeeder _rest;

    /// <summary>Creates one.</summary>
    /// <param name="content">What is wanted.</param>
    /// <param name="definition">What the service can make.</param>
    /// <param name="service">The service as it runs, with its endpoints and connection strings.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="rest">Makes what is made over REST.</param>
    public InitHooks(InitContent content, InitDefinition definition, Service service, ISeedPlace place, RestSeeder rest)
    {
        _content = content;
        _definition = definition;
        _service = service;
        _place = place;
        _rest = rest;
    }

    /// <summary>All hooks. A wish that the service cannot fulfil, which <see cref="InitCheck"/> tells beforehand, is not among them.</summary>
    public IReadOnlyList<InitHook> All() => [.. Storage(), .. Databases(), .. SqlFiles(), .. Commands()];

    private IEnumerable<InitHook> Storage() => _definition.Storage is not { } storage ? [] :
    [
        .. _content.Containers.Select(name => Rest($"container '{name}'", token => _rest.MakeContainerAsync(storage, name, token))),
        .. _content.Queues.Select(name => Rest($"queue '{name}'", token => _rest.MakeQueueAsync(storage, name, token))),
        .. _content.Tables.Select(name => Rest($"table '{name}'", token => _rest.MakeTableAsync(storage, name, token))),
    ];

    private IEnumerable<InitHook> Databases() => _definition switch
    {
        { Sql: { } sql } => _content.Databases.Select((name, index) => new InitHook($"database '{name}'", true, async token =>
        {
            var statement = Encoding.UTF8.GetBytes(sql.CreateDatabase.Replace("{database}", name, StringComparison.Ordinal) + "\n");
            return await _place.RunSqlAsync(sql, $"database-{Number(index)}.sql", statement, null, token).ConfigureAwait(false);
        })),
        { Cosmos: { } cosmos } => _content.Databases.Select(name => Rest($"database '{name}'", token => _rest.MakeDatabaseAsync(cosmos, name, token))),
        _ => [],
    };

    private IEnumerable<InitHook> SqlFiles() => _definition.Sql is not { } sql ? [] : _content.Sql.Select((path, index) => new InitHook($"SQL file '{Path.GetFileName(path)}'", false, async token =>
    {
        var statements = await SqlFile.ReadAsync(path, token).ConfigureAwait(false);
        return await _place.RunSqlAsync(sql, $"{Number(index)}-{PlainName(path)}", statements, _content.Databases.Count > 0 ? _content.Databases[0] : null, token).ConfigureAwait(false);
    }));

    private IEnumerable<InitHook> Commands() =>
    [
        .. _content.Exec.Select((command, index) => new InitHook($"command {index + 1} in the container", false, async token => await _place.ExecuteAsync(command, token).ConfigureAwait(false))),
        .. _content.Scripts.Select((command, index) => new InitHook($"script {index + 1}", false, async token => await ScriptRunner.RunAsync(command, _content.Folder, _service, token).ConfigureAwait(false))),
    ];

    private static InitHook Rest(string what, Func<CancellationToken, Task> make) => new(what, true, async token =>
    {
        await make(token).ConfigureAwait(false);
        return null;
    });

    private static string Number(int index) => (index + 1).ToString("00", CultureInfo.InvariantCulture);

    // The client takes parts of a path apart when it holds spaces or quotes, psql's own commands for example.
    private static string PlainName(string path) => string.Concat(Path.GetFileName(path).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
}
