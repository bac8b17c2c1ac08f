using System.Globalization;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Azure's own Node clients: programs of another language, with a parser of connection strings of their own, that are given one by a variable.</summary>
internal static class NodeClient
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "clients");

    /// <summary>Writes, reads or both; what was read is compared by the client. The counts come back as it prints them.</summary>
    public static Task<string> RunAsync(string service, string action, string connectionString, int count) => Command.RunAsync(
        "node",
        [Path.Combine(Folder, "storage-client.mjs"), service, action, "--count", count.ToString(CultureInfo.InvariantCulture), "--prefix", "lab"],
        new Dictionary<string, string> { ["AZURE_STORAGE_CONNECTION_STRING"] = connectionString });
}
