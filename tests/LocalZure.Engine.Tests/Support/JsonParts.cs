using System.Text.Json.Nodes;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Compares JSON with what of it matters.</summary>
internal static class JsonParts
{
    /// <summary>Asserts that JSON says what is expected, and says of all else that there is nothing: null, 0, false or empty.</summary>
    /// <param name="expected">What matters of it.</param>
    /// <param name="actual">The JSON.</param>
    public static void AssertSays(string expected, string actual) => AssertSays(JsonNode.Parse(expected), JsonNode.Parse(actual), "$");

    private static void AssertSays(JsonNode? expected, JsonNode? actual, string where)
    {
        if (expected is JsonObject members && actual is JsonObject content)
        {
            Assert.Empty(members.Select(member => member.Key).Except(content.Select(member => member.Key)));
            foreach (var (name, value) in content)
            {
                AssertMember(members, name, value, $"{where}.{name}");
            }
        }
        else if (expected is JsonArray entries && actual is JsonArray array && entries.Count == array.Count)
        {
            for (var index = 0; index < entries.Count; index++)
            {
                AssertSays(entries[index], array[index], $"{where}[{index}]");
            }
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{where} is {actual?.ToJsonString()} instead of {expected?.ToJsonString()}");
        }
    }

    private static void AssertMember(JsonObject expected, string name, JsonNode? actual, string where)
    {
        if (expected.TryGetPropertyValue(name, out var value))
        {
            AssertSays(value, actual, where);
        }
        else
        {
            Assert.True(actual?.ToJsonString() is null or "\"\"" or "0" or "false" or "[]" or "{}", $"{where} is {actual?.ToJsonString()}");
        }
    }
}
