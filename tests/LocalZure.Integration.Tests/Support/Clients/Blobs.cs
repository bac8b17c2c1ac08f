using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace LocalZure.Integration.Tests.Support;

/// <summary>
/// Writes and reads blobs with the real SDK through the connection string that a service came with. Each call closes its connections:
/// uploads at the same time may leave one that nothing was ever sent on, and Azurite, which waits for it, would not end when it is stopped.
/// </summary>
internal static class Blobs
{
    private const string Container = "lab";
    private const int AtOnce = 16;

    public static async Task WriteAsync(Service service, int count)
    {
        using var http = new HttpClient();
        var container = Client(service, http);
        await container.CreateIfNotExistsAsync();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, token) =>
            await container.UploadBlobAsync($"blob-{index:000}", BinaryData.FromString(Content(index)), token));
    }

    /// <summary>Reads all blobs and fails unless exactly those that were written are there with their contents.</summary>
    public static async Task ReadAsync(Service service, int count)
    {
        using var http = new HttpClient();
        var container = Client(service, http);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync())
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync();
            found[blob.Name] = content.Value.Content.ToString();
        }

        var expected = Enumerable.Range(0, count).ToDictionary(index => $"blob-{index:000}", Content);
        Assert.Equal(new SortedDictionary<string, string>(expected, StringComparer.Ordinal), found);
    }

    /// <summary>Whether anything was ever written.</summary>
    public static async Task<bool> ExistAsync(Service service)
    {
        using var http = new HttpClient();
        return await Client(service, http).ExistsAsync();
    }

    /// <summary>One request that shows up in the service's log with the given word.</summary>
    public static async Task AskForAsync(Service service, string word)
    {
        using var http = new HttpClient();
        await Client(service, http).GetBlobClient(word).ExistsAsync();
    }

    private static string Content(int index) => $"content of blob {index} – ü";

    private static BlobContainerClient Client(Service service, HttpClient http)
    {
        var options = new BlobClientOptions
        {
            Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(20) },
            Transport = new HttpClientTransport(http),
        };
        return new BlobServiceClient(service.ConnectionString, options).GetBlobContainerClient(Container);
    }
}
