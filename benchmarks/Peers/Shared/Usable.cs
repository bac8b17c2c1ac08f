namespace LocalZure.Benchmarks.Peers;

/// <summary>Asks every 20 ms until a service answers itself.</summary>
internal static class Usable
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero });

    public static async Task WaitAsync(int port, string server)
    {
        var target = new Uri($"http://127.0.0.1:{port}/");
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(target, HttpCompletionOption.ResponseHeadersRead);
                if (answer.Headers.Server.ToString().StartsWith(server, StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(20);
        }
    }
}
