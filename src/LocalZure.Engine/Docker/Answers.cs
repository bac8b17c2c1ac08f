using System.Text.Json;

namespace LocalZure.Engine.Docker;

/// <summary>Reads lists of answers.</summary>
internal static class Answers
{
    /// <summary>Maps each entry.</summary>
    /// <param name="answer">The list; null for an empty one.</param>
    /// <param name="map">Maps an entry.</param>
    /// <exception cref="JsonException">An entry is null: the answer cannot be read.</exception>
    public static List<TTo> Map<TFrom, TTo>(IEnumerable<TFrom>? answer, Func<TFrom, TTo> map)
        where TFrom : class =>
        (answer ?? []).Select(entry => map(entry ?? throw new JsonException("An entry of the answer is null."))).ToList();
}
