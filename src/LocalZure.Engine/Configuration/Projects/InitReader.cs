using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>Reads what is made in a service once.</summary>
internal static class InitReader
{
    /// <summary>The content as it is used: with full paths, and templates for commands.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="written">What is written.</param>
    /// <param name="template">Makes templates of texts that may refer to other services.</param>
    public static InitContent Read(LoadedConfiguration loaded, string name, InitContent written, ReferenceTemplate template)
    {
        var key = KeyPath.Service(name, "init");
        return written with
        {
            Sql = written.Sql.Select((file, index) => loaded.FullPath(file, KeyPath.Item(KeyPath.Child(key, "sql"), index))).ToList(),
            Exec = written.Exec.Select(Templates).ToList(),
            Scripts = written.Scripts.Select(Templates).ToList(),
            Folder = loaded.FullPath(".", key),
        };

        IReadOnlyList<string> Templates(IReadOnlyList<string> command) => command.Select(template.Of).ToList();
    }
}
