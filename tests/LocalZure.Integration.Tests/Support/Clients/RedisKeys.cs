using StackExchange.Redis;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Writes and reads keys through the connection string that a service came with, each time in a connection of its own.</summary>
internal static class RedisKeys
{
    public static async Task WriteAsync(Service service, string key, string value)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(service.ConnectionString!);
        Assert.True(await connection.GetDatabase().StringSetAsync(key, value));
    }

    /// <summary>The value; null when there is no such key.</summary>
    public static async Task<string?> ReadAsync(Service service, string key)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(service.ConnectionString!);
        return await connection.GetDatabase().StringGetAsync(key);
    }
}
