namespace LocalZure.Engine.Tests.Support;

/// <summary>Lists as streams.</summary>
internal static class AsyncValues
{
    /// <summary>The values one after the other.</summary>
    public static async IAsyncEnumerable<T> Async<T>(this IEnumerable<T> values)
    {
        foreach (var value in values)
        {
            await Task.Yield();
            yield return value;
        }
    }

    /// <summary>The first so many values of a stream that may go on for ever.</summary>
    public static async Task<IReadOnlyList<T>> TakeAsync<T>(this IAsyncEnumerable<T> values, int count)
    {
        var taken = new List<T>();
        await foreach (var value in values)
        {
            taken.Add(value);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }
}
