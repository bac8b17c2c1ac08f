using System.Text.Json;

namespace LocalZure.Engine.Docker;

/// <summary>Reads lists of answers.</summary>
internal static class Answers
{
    /// <summary>Maps each entry of a list of things.</summary>
    /// <param name="answer">The list; null for an empty one.</param>
    /// <param name="map">Maps an entry.</param>
    /// <exception cref="JsonException">An entry is null: the answer cannot be read.</exception>
    public static IReadOnlyList<TTo> Map<TFrom, TTo>(IEnumerable<TFrom>? answer, Func<TFrom, TTo> map)
        where TFrom : class =>
        (answer ?? []).Select(entry => map(entry ?? throw new JsonException("An entry of the answer is null."))).ToList();

    /// <summary>The entries of a list inside a thing that are there; none of a list that is null itself.</summary>
    public static IEnumerable<T> Present<T>(IEnumerable<T?>? entries)
        where T : class =>
        entries?.OfType<T>() ?? [];
}
