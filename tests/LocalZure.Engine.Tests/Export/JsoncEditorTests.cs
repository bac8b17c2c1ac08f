using System.Text.Json;
using System.Text.Json.Nodes;
using LocalZure.Engine.Export;

namespace LocalZure.Engine.Tests.Export;

public sealed class JsoncEditorTests
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    [Theory]
    [InlineData("{}", "{\n  \"S\": {\n    \"k\": \"v\"\n  }\n}")]
    [InlineData("{ }\n", "{\n  \"S\": {\n    \"k\": \"v\"\n  }\n }\n")]
    [InlineData("{\n  // only this\n}\n", "{\n  // only this\n  \"S\": {\n    \"k\": \"v\"\n  }\n}\n")]
    [InlineData("{\"a\":1}", "{\"a\":1, \"S\": { \"k\": \"v\" }}")]
    [InlineData("{\"a\":1, // c\n}", "{\"a\":1, \"S\": { \"k\": \"v\" }, // c\n}")]
    [InlineData("{\"a\":1,\"S\":{ // c\n}}", "{\"a\":1,\"S\":{ \"k\": \"v\"  // c\n}}")]
    [InlineData("{\n\t\"a\": 1\n}", "{\n\t\"a\": 1,\n\t\"S\": {\n\t\t\"k\": \"v\"\n\t}\n}")]
    [InlineData("{\n    \"a\": 1 // why\n    // \"b\": 2\n}", "{\n    \"a\": 1, // why\n    \"S\": {\n        \"k\": \"v\"\n    }\n    // \"b\": 2\n}")]
    [InlineData("{\n  \"a\": 1, // why\n}", "{\n  \"a\": 1, // why\n  \"S\": {\n    \"k\": \"v\"\n  },\n}")]
    [InlineData("{\n  \"a\": 1 /* x */ , /* y */ // z\n}", "{\n  \"a\": 1 /* x */ , /* y */ // z\n  \"S\": {\n    \"k\": \"v\"\n  },\n}")]
    [InlineData("{\n  \"s\": {\n    \"K\": \"old\" // why\n  }\n}", "{\n  \"s\": {\n    \"K\": \"v\" // why\n  }\n}")]
    [InlineData("{\n  \"S\": { \"x\": [1, 2,] },\n  \"b\": 2\n}", "{\n  \"S\": { \"x\": [1, 2,], \"k\": \"v\" },\n  \"b\": 2\n}")]
    [InlineData("{\n  \"S\": null\n}", "{\n  \"S\": {\n    \"k\": \"v\"\n  }\n}")]
    [InlineData("{\"S\":{\"k\":1},\"S\":{\"k\":2}}", "{\"S\":{\"k\":\"v\"},\"S\":{\"k\":\"v\"}}")]
    [InlineData("{\"S\":{\"k\":\"\\u0076\"}}", "{\"S\":{\"k\":\"\\u0076\"}}")]
    public void Set_ATextOfASection_LeavesTheRestAsItIs(string before, string after)
    {
        var editor = new JsoncEditor(before, "\n", "it");

        editor.Set("S", "k", "v");

        Assert.Equal(after, editor.ToString());
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("{\n  \"é\": ,\n}", "line 2, column 8")]
    [InlineData("{\n  \"a\": 1", "line 2, column 9")]
    [InlineData("{} x", "line 1, column 4")]
    [InlineData("{\n  \"a\": \"\\ud800\"\n}", "line 2, column 8")]
    [InlineData("[]", "line 1, column 1")]
    [InlineData("{\n  \"S\": 1\n}", "line 2, column 8")]
    [InlineData("{ \"S\": { \"k\": {} } }", "line 1, column 15")]
    public void Set_WhatCannotTakeIt_IsRefusedWithItsPlace(string text, string place)
    {
        var error = Assert.Throws<LocalZureException>(() => new JsoncEditor(text, "\n", "The file 'x'").Set("S", "k", "v"));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
        Assert.StartsWith("The file 'x' ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"at {place}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_HardValues_AreReadBack()
    {
        foreach (var value in Variables.Hard.Concat(Variables.Unlike))
        {
            var editor = new JsoncEditor("{ \"k\": 1 }", "\n", "it");
            editor.Set("k", value);

            Assert.Equal(value, JsonNode.Parse(editor.ToString())!["k"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Set_RandomDocuments_ChangesThatAlone()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var before = new RandomJsonc(random).Document();
            var value = Variables.Hard[random.Next(Variables.Hard.Count)];
            var wanted = JsonNode.Parse(before, null, Lenient)!.AsObject();
            var existing = wanted["S"]?["k"] is not null;
            var editor = new JsoncEditor(before, before.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n", "it");

            editor.Set("S", "k", value);

            var after = editor.ToString();
            (wanted["S"] ??= new JsonObject())["k"] = value;
            Assert.True(JsonNode.DeepEquals(wanted, JsonNode.Parse(after, null, Lenient)), $"seed {seed}:\n{before}\n->\n{after}");
            Assert.True(existing ? IsReplaced(before, after, value) : IsExtended(before, after, value), $"seed {seed}:\n{before}\n->\n{after}");
        }
    }

    [Fact]
    public void Set_RandomDocumentsCutOff_RefusesThem()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var document = new RandomJsonc(random).Bare();
            var cut = document[..random.Next(document.Length)];

            Assert.Throws<LocalZureException>(() => new JsoncEditor(cut, "\n", "it"));
        }
    }

    // Between the same beginning and the same end stand the old value, which the generator makes unique, and the new.
    private static bool IsReplaced(string before, string after, string value)
    {
        var old = before.IndexOf(RandomJsonc.Old, StringComparison.Ordinal);
        var (head, tail) = (before[..old], before[(old + RandomJsonc.Old.Length)..]);
        return after.StartsWith(head, StringComparison.Ordinal) && after.EndsWith(tail, StringComparison.Ordinal)
            && JsonSerializer.Deserialize<string>(after[head.Length..^tail.Length]) == value;
    }

    // What was added: the member, perhaps its section, commas and white space.
    private static bool IsExtended(string before, string after, string value)
    {
        var left = 0;
        var added = "";
        foreach (var letter in after)
        {
            if (left < before.Length && before[left] == letter)
            {
                left++;
            }
            else
            {
                added += letter;
            }
        }

        return left == before.Length && after.Length - before.Length <= (value.Length * 6) + 80 && added.Length == after.Length - before.Length;
    }
}
