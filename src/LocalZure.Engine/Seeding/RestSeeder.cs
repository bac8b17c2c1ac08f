using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json;
using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Seeding;

/// <summary>Makes blob containers, queues, tables and databases over REST. What is there already is fine.</summary>
internal sealed class RestSeeder : IDisposable
{
    /// <summary>Old enough for every Azurite.</summary>
    private const string StorageVersion = "2021-08-06";

    private const string CosmosVersion = "2018-12-31";
    private const string Json = "application/json";

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly IReadOnlyDictionary<string, string> _endpoints;

    /// <summary>Creates one.</summary>
    /// <param name="endpoints">The service's endpoints by port name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handler">Sends the requests; owned by this.</param>
    public RestSeeder(IReadOnlyDictionary<string, string> endpoints, TimeProvider time, HttpMessageHandler handler)
    {
        _endpoints = endpoints;
        _time = time;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What sends requests to an emulator: not through a proxy, and on this machine with whatever certificate it has made for itself.</summary>
    /// <param name="endpoints">The service's endpoints.</param>
    public static HttpMessageHandler HandlerFor(IEnumerable<string> endpoints)
    {
        var isHere = endpoints.All(endpoint => Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.IsLoopback);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => isHere || errors == SslPolicyErrors.None;
        return handler;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Makes a blob container.</summary>
    /// <exception cref="HttpRequestException">It was refused; the message is the service's.</exception>
    public Task MakeContainerAsync(StorageInit storage, string name, CancellationToken cancellationToken) =>
        PutAsync(storage, new Uri($"{EndpointOf(storage.BlobPort!)}/{name}?restype=container"), cancellationToken);

    /// <summary>Makes a queue.</summary>
    /// <inheritdoc cref="MakeContainerAsync"/>
    public Task MakeQueueAsync(StorageInit storage, string name, CancellationToken cancellationToken) =>
        PutAsync(storage, new Uri($"{EndpointOf(storage.QueuePort!)}/{name}"), cancellationToken);

    /// <summary>Makes a table.</summary>
    /// <inheritdoc cref="MakeContainerAsync"/>
    public Task MakeTableAsync(StorageInit storage, string name, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{EndpointOf(storage.TablePort!)}/Tables")) { Content = Body("TableName", name) };
        var date = AddVersion(request, StorageVersion);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        request.Headers.TryAddWithoutValidation("Prefer", "return-no-content");
        var text = SharedKey.TextOfTable("POST", Json, date, storage.Account, request.RequestUri!);
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{storage.Account}:{SharedKey.Sign(text, storage.Key)}");
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Makes a database of Cosmos DB.</summary>
    /// <inheritdoc cref="MakeContainerAsync"/>
    public Task MakeDatabaseAsync(CosmosInit cosmos, string name, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{EndpointOf(cosmos.Port)}/dbs")) { Content = Body("id", name) };
        var date = AddVersion(request, CosmosVersion);
        request.Headers.TryAddWithoutValidation("authorization", CosmosKey.Authorization("POST", "dbs", "", date, cosmos.Key));
        return SendAsync(request, cancellationToken);
    }

    private Task PutAsync(StorageInit storage, Uri address, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent([]) };
        var date = AddVersion(request, StorageVersion);
        var headers = new Dictionary<string, string> { ["x-ms-date"] = date, ["x-ms-version"] = StorageVersion };
        var text = SharedKey.TextOfBlobOrQueue("PUT", headers, storage.Account, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{storage.Account}:{SharedKey.Sign(text, storage.Key)}");
        return SendAsync(request, cancellationToken);
    }

    private string AddVersion(HttpRequestMessage request, string version)
    {
        var date = _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("x-ms-version", version);
        return date;
    }

    // Without a character set, which is part of what is signed.
    private static ByteArrayContent Body(string name, string value)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"{{name}}":"{{JsonEncodedText.Encode(value)}}"}"""));
        body.Headers.ContentType = new MediaTypeHeaderValue(Json);
        return body;
    }

    private string EndpointOf(string port) => _endpoints.TryGetValue(port, out var endpoint)
        ? endpoint.TrimEnd('/')
        : throw new HttpRequestException($"The port '{port}' is not published, so that nothing can be made through it.");

    private async Task SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.Conflict)
            {
                var answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                throw new HttpRequestException($"{request.Method} {request.RequestUri!.AbsolutePath} was answered with {(int)response.StatusCode} {response.ReasonPhrase}.\n{answer}", null, response.StatusCode);
            }
        }
    }
}
