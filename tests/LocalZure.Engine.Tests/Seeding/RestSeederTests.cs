using System.Net;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class RestSeederTests
{
    private static readonly CosmosInit Cosmos = ServiceCatalog.Get("cosmosdb").Init!.Cosmos!;

    [Fact]
    public async Task MakeDatabase_Cosmos_PostsASignedDocument()
    {
        using var handler = new Handler(HttpStatusCode.Created, "");
        using var rest = new RestSeeder(new Dictionary<string, string> { ["gateway"] = "http://127.0.0.1:8081/" }, TimeProvider.System, handler);

        await rest.MakeDatabaseAsync(Cosmos, "shop \"1\"", CancellationToken.None);

        var date = handler.Headers["x-ms-date"];
        Assert.Equal(("POST", "http://127.0.0.1:8081/dbs", "{\"id\":\"shop \\u00221\\u0022\"}"), (handler.Method, handler.Address, handler.Body));
        Assert.Equal((CosmosKey.Authorization("POST", "dbs", "", date, Cosmos.Key), "2018-12-31"), (handler.Headers["authorization"], handler.Headers["x-ms-version"]));
    }

    [Fact]
    public async Task MakeQueue_ThatIsThere_IsFine()
    {
        using var handler = new Handler(HttpStatusCode.Conflict, "QueueAlreadyExists");
        using var rest = new RestSeeder(new Dictionary<string, string> { ["queue"] = "http://127.0.0.1:10001/devstoreaccount1" }, TimeProvider.System, handler);

        await rest.MakeQueueAsync(ServiceCatalog.Get("queue").Init!.Storage!, "orders", CancellationToken.None);

        Assert.Equal(("PUT", "http://127.0.0.1:10001/devstoreaccount1/orders"), (handler.Method, handler.Address));
    }

    [Fact]
    public async Task MakeContainer_Refused_SaysWhatTheServiceSays()
    {
        using var handler = new Handler(HttpStatusCode.Forbidden, "<Error>AuthenticationFailed</Error>");
        using var rest = new RestSeeder(new Dictionary<string, string> { ["blob"] = "http://127.0.0.1:10000/devstoreaccount1" }, TimeProvider.System, handler);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => rest.MakeContainerAsync(ServiceCatalog.Get("blob").Init!.Storage!, "photos", CancellationToken.None));

        Assert.Equal("PUT /devstoreaccount1/photos was answered with 403 Forbidden.\n<Error>AuthenticationFailed</Error>", error.Message);
    }

    private sealed class Handler(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public string? Method { get; private set; }

        public string? Address { get; private set; }

        public string? Body { get; private set; }

        public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Method, Address) = (request.Method.Method, request.RequestUri!.ToString());
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            foreach (var header in request.Headers)
            {
                Headers[header.Key] = string.Join(",", header.Value);
            }

            return new HttpResponseMessage(status) { Content = new StringContent(answer) };
        }
    }
}
