using System.Text;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Configuration.Drafts;

/// <summary>Writes a configuration file to start from. Pure.</summary>
internal static class ConfigurationDraft
{
    private static readonly string[] Parts = ["blob", "queue", "table"];

    /// <summary>The text of the file.</summary>
    /// <param name="folder">The name of the folder that it is for.</param>
    /// <param name="uses">What the folder seems to use.</param>
    /// <param name="find">Finds a definition of the catalog by its name; null when there is none.</param>
    public static string Write(string folder, IReadOnlyList<ServiceUse> uses, Func<string, ServiceDefinition?> find)
    {
        var text = new StringBuilder();
        text.Append($$"""
            # The Azure services that this folder needs on a developer's machine. Test-LzConfiguration checks this file,
            # Get-LzConfiguration shows what is in effect and why.
            version: "0.1.0"
            {{Project(folder)}}
            # docker_enabled: true        # false: host mode only
            # defaults:
            #   profile: {{Scalars.Word(Profile.Dev)}}              # {{Scalars.Word(Profile.Test)}}: free ports, data in memory, an end with the session
            #   bind: 127.0.0.1           # what ports are published on
            #   timeouts: { start: 60s, stop: 10s }
            #   resources: { memory: 512m, cpus: 1.0 }

            services:

            """.ReplaceLineEndings("\n"));
        var services = Services(uses.Where(use => use.Image is null).ToList(), find);
        foreach (var (name, evidence) in services.Where(service => find(service.Name) is not null))
        {
            AppendKnown(text, find(name)!, evidence);
        }

        foreach (var (name, evidence) in services.Where(service => find(service.Name) is null))
        {
            AppendUnknown(text, name, evidence, "registry/path:tag");
        }

        foreach (var use in uses.Where(use => use.Image is not null).DistinctBy(use => use.Service, StringComparer.Ordinal))
        {
            AppendUnknown(text, OneLine(use.Service).ToLowerInvariant(), OneLine(use.Evidence), OneLine(use.Image!));
        }

        if (services.Count == 0)
        {
            text.Append("  # blob:                      # Azure Blob Storage; Get-LzService -Available lists more\n  #   port: 10000\n");
        }

        text.Append($$"""
              # web:                       # a service of your own
              #   build: ./web             # or image: registry/path:tag
              #   ports: { http: { container: 3000, host: 3000-4000 } }
              #   environment: { {{Reference(services, find)}} }
              #   ready: [ { http: { path: /, port: http } } ]

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    // Of a service that the file has: one more would be started beside them.
    private static string Reference(IReadOnlyList<(string Name, string Evidence)> services, Func<string, ServiceDefinition?> find)
    {
        var (name, _) = services.FirstOrDefault(service => find(service.Name) is { ConnectionStrings.Count: > 0 });
        return name is null or "blob" or "storage" ? $"STORAGE: \"${{{name ?? "blob"}.connectionString}}\"" : $"CONNECTION: \"${{{name}.connectionString}}\"";
    }

    private static void AppendUnknown(StringBuilder text, string name, string evidence, string image) =>
        text.Append($"  # {name}:   # {evidence}; the catalog has no such service\n  #   image: {image}\n  #   ports: {{ {name}: {{ container: 3000, host: 3000 }} }}\n");

    private static void AppendKnown(StringBuilder text, ServiceDefinition definition, string evidence)
    {
        text.Append($"  {definition.Name}:   # {definition.Description}: {evidence}\n");
        if (definition.License is { } license)
        {
            text.Append($"    # accept_eula: true       # once you have read {license.Link}\n");
        }

        text.Append(definition.Ports.Count == 1
            ? $"    # port: {definition.Ports[0].DefaultHostPort}\n"
            : $"    # ports: {{ {string.Join(", ", definition.Ports.Select(port => $"{port.Name}: {port.DefaultHostPort}"))} }}\n");
    }

    // storage is blob, queue and table in one: beside it they would be a second copy.
    private static List<(string Name, string Evidence)> Services(IReadOnlyList<ServiceUse> uses, Func<string, ServiceDefinition?> find)
    {
        var hasStorage = uses.Any(use => use.Service == "storage") && find("storage") is not null;
        return uses.Select(use => hasStorage && Parts.Contains(use.Service) ? use with { Service = "storage" } : use)
            .GroupBy(use => use.Service, use => OneLine(use.Evidence), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, string.Join(", ", group.Distinct(StringComparer.Ordinal).Take(4))))
            .ToList();
    }

    // The name of a file may hold anything; a comment ends with its line.
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u0085' or '\u2028' or '\u2029' ? '?' : letter));

    private static string Project(string folder)
    {
        var name = string.Concat(folder.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')).TrimStart('.', '_', '-');
        name = name.Length > 63 ? name[..63] : name;
        try
        {
            NameRule.Check("project", name);
            return $"project: \"{name}\"";
        }
        catch (LocalZureException)
        {
            // The root of a drive, or a name of other letters, gives no project name.
            return "# project: shop";
        }
    }
}
