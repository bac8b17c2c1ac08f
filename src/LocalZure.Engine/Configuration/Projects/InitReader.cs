using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>Reads what is made in a service once.</summary>
internal static class InitReader
{
    /// <summary>The content with full paths.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="init">What is written.</param>
    /// <param name="text">Makes of the text of a command what is wanted: a template, or the text itself.</param>
    public static InitContent Read(LoadedConfiguration loaded, string name, InitSettings init, Func<string, string> text)
    {
        var key = KeyPath.Service(name, "init");
        return new InitContent
        {
            Queues = init.Queues,
            Topics = init.Topics,
            EventHubs = init.EventHubs,
            Containers = init.Containers,
            Tables = init.Tables,
            Databases = init.Databases,
            Sql = init.Sql.Select((file, index) => loaded.FullPath(file, KeyPath.Item(KeyPath.Child(key, "sql"), index))).ToList(),
            Exec = init.Exec.Select(command => (IReadOnlyList<string>)command.Select(text).ToList()).ToList(),
            Scripts = init.Scripts.Select(command => (IReadOnlyList<string>)command.Select(text).ToList()).ToList(),
            Folder = loaded.FullPath(".", key),
        };
    }
}
