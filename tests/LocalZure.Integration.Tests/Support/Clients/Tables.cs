using Azure.Data.Tables;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Writes and reads a table with the real SDK through the connection string that a service came with.</summary>
internal static class Tables
{
    private const string Table = "Lab";

    /// <summary>Writes entities, reads them back and fails unless exactly those are there.</summary>
    public static async Task WriteAndReadAsync(Service service, int count)
    {
        var table = new TableServiceClient(service.ConnectionString).GetTableClient(Table);
        await table.CreateIfNotExistsAsync();
        for (var index = 0; index < count; index++)
        {
            await table.AddEntityAsync(new TableEntity("part", $"row-{index:000}") { ["Text"] = $"content of row {index} – ü", ["Number"] = index });
        }

        var found = await table.QueryAsync<TableEntity>(entity => entity.PartitionKey == "part").ToListAsync();
        Assert.Equal(
            Enumerable.Range(0, count).Select(index => ($"row-{index:000}", $"content of row {index} – ü", (int?)index)),
            found.Select(entity => (entity.RowKey, entity.GetString("Text"), entity.GetInt32("Number"))));
    }

    /// <summary>The names of all tables, in order.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(Service service) =>
        (await new TableServiceClient(service.ConnectionString).QueryAsync().ToListAsync()).Select(table => table.Name).Order(StringComparer.Ordinal).ToList();
}
