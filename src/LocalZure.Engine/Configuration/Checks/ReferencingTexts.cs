using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>The texts of a service that may refer to other services.</summary>
internal static class ReferencingTexts
{
    /// <summary>The texts, each with the path of its key.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="service">The service.</param>
    public static IEnumerable<(string Key, string Text)> Of(string name, ServiceSettings service)
    {
        var host = KeyPath.Service(name, "host");
        var init = KeyPath.Service(name, "init");
        return Variables(KeyPath.Service(name, "environment"), service.Environment)
            .Concat(Items(KeyPath.Service(name, "command"), service.Command ?? []))
            .Concat(Items(KeyPath.Child(host, "command"), service.Host?.Command ?? []))
            .Concat(Variables(KeyPath.Child(host, "environment"), service.Host?.Environment ?? new Dictionary<string, string>()))
            .Concat(Commands(KeyPath.Child(init, "exec"), service.Init.Exec))
            .Concat(Commands(KeyPath.Child(init, "scripts"), service.Init.Scripts));
    }

    /// <summary>Whether the text of a key becomes part of a command line.</summary>
    public static bool IsCommand(string key) => key.EndsWith(']') && !key.EndsWith("']", StringComparison.Ordinal);

    private static IEnumerable<(string Key, string Text)> Variables(string path, IReadOnlyDictionary<string, string> variables) =>
        variables.Select(pair => (KeyPath.Child(path, pair.Key), pair.Value));

    private static IEnumerable<(string Key, string Text)> Items(string path, IReadOnlyList<string> items) =>
        items.Select((text, index) => (KeyPath.Item(path, index), text));

    private static IEnumerable<(string Key, string Text)> Commands(string path, IReadOnlyList<IReadOnlyList<string>> commands) =>
        commands.SelectMany((command, index) => Items(KeyPath.Item(path, index), command));
}
