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
            var entity = new TableEntity("part", $"row-{index:000}") { ["Text"] = Content(index), ["Number"] = index };
            await table.AddEntityAsync(entity);
        }

        var found = await table.QueryAsync<TableEntity>(entity => entity.PartitionKey == "part").ToListAsync();
        Assert.Equal(
            Enumerable.Range(0, count).Select(index => ($"row-{index:000}", Content(index), (int?)index)),
            found.Select(entity => (entity.RowKey, entity.GetString("Text"), entity.GetInt32("Number"))));
    }

    /// <summary>The names of all tables, in order.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(Service service)
    {
        var tables = await new TableServiceClient(service.ConnectionString).QueryAsync().ToListAsync();
        return tables.Select(table => table.Name).Order(StringComparer.Ordinal).ToList();
    }

    private static string Content(int index) => $"content of row {index} – ü";
}
