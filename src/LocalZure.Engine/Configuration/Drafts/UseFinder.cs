using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Drafts;

/// <summary>Finds which services the projects in a folder use. Files that cannot be made out are passed over: they are other tools'.</summary>
internal static class UseFinder
{
    private const int Deepest = 4;
    private const int MostFiles = 200;

    private static readonly string[] ComposeFiles = ["docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"];
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "out", "packages"];

    /// <summary>The uses, in the order of the files.</summary>
    /// <param name="folder">The folder, with those below it.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<IReadOnlyList<ServiceUse>> FindAsync(string folder, CancellationToken cancellationToken)
    {
        var uses = new List<ServiceUse>();
        foreach (var path in Files(folder, 0).Take(MostFiles))
        {
            if (new FileInfo(path).Length <= YamlLimits.Bytes)
            {
                var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
                var where = Path.GetRelativePath(folder, path).Replace('\\', '/');
                uses.AddRange(In(path, bytes).Select(found => new ServiceUse(found.Service, $"{found.What} in {where}") { Image = found.Image }));
            }
        }

        return uses;
    }

    private static IEnumerable<string> Files(string folder, int depth)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        var files = Directory.EnumerateFiles(folder, "*", options).Where(IsInteresting).Order(StringComparer.Ordinal);
        return depth == Deepest
            ? files
            : files.Concat(Directory.EnumerateDirectories(folder, "*", options).Order(StringComparer.Ordinal)
                .Where(child => Path.GetFileName(child) is var name && !name.StartsWith('.') && !Skipped.Contains(name) && new DirectoryInfo(child).LinkTarget is null)
                .SelectMany(child => Files(child, depth + 1)));
    }

    private static bool IsInteresting(string path) =>
        Path.GetFileName(path) is var name && (name == "local.settings.json" || ComposeFiles.Contains(name) || name.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Service, string What, string? Image)> In(string path, byte[] bytes) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => InSettings(bytes).Select(found => (found.Service, found.What, (string?)null)),
        ".csproj" => InProject(bytes).Select(found => (found.Service, found.What, (string?)null)),
        _ => InCompose(path, bytes),
    };

    // { "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true" }, "ConnectionStrings": { "Db": "Server=..." } }
    private static List<(string Service, string What)> InSettings(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(bytes), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind != JsonValueKind.Object ? [] : document.RootElement.EnumerateObject()
                .Where(section => section.Name is "Values" or "ConnectionStrings" && section.Value.ValueKind == JsonValueKind.Object)
                .SelectMany(section => section.Value.EnumerateObject())
                .Where(setting => setting.Value.ValueKind == JsonValueKind.String)
                .Select(setting => (Service: KnownUses.OfSetting(setting.Name, setting.Value.GetString()!)!, What: setting.Name))
                .Where(found => found.Service is not null)
                .ToList();
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // <PackageReference Include="Azure.Storage.Blobs" Version="12.17.0" />
    private static List<(string Service, string What)> InProject(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Descendants()
                .Where(element => element.Name.LocalName == "PackageReference")
                .Select(element => (string?)element.Attribute("Include") ?? "")
                .Select(package => (Service: KnownUses.OfPackage(package)!, What: package))
                .Where(found => found.Service is not null)
                .ToList();
        }
        catch (XmlException)
        {
            return [];
        }
    }

    // An image that the catalog does not have is a service of its own, under the name that it has there.
    private static IEnumerable<(string Service, string What, string? Image)> InCompose(string path, byte[] bytes) =>
        ((ConfigurationFile.Parse(bytes, new Source(SourceKind.File, path), new Problems()) as YamlMapping)?["services"] as YamlMapping)?.Entries
            .Select(service => (service.Key, Image: (service.Value as YamlMapping)?["image"] as YamlScalar))
            .Where(service => service.Image is { IsNull: false, Text.Length: > 0 })
            .Select(service => KnownUses.OfImage(service.Image!.Text) is { } known ? (known, service.Image.Text, (string?)null) : (service.Key, service.Image.Text, service.Image.Text))
        ?? [];

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
}
