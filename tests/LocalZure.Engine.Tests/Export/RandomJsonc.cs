using System.Text;

namespace LocalZure.Engine.Tests.Export;

/// <summary>Makes JSON objects with comments, trailing commas and every layout that .NET reads (no comment before a colon), some with a section S, some of those with a member k.</summary>
internal sealed class RandomJsonc
{
    /// <summary>The value of k in S, which stands nowhere else.</summary>
    public const string Old = "\"the old value\"";

    private static readonly string[] Scalars = ["1", "-2.5e3", "true", "false", "null", "\"\"", "\"a\\\"b\\\\\"", "\"// no\"", "\"/* no */\"", "\"é🙂{}[],\"", "{}", "[]", "[ 1, { \"S\": 2 }, ]"];
    private static readonly string[] Comments = ["// c { } , \"S\": 1", "/* c */", "/* a\n b */", "/**/", "//", "/* // */", "// \"k\": 1,"];

    private readonly Random _random;
    private readonly string _newLine;
    private readonly bool _dense;

    public RandomJsonc(Random random)
    {
        _random = random;
        _newLine = random.Next(3) == 0 ? "\r\n" : "\n";
        _dense = random.Next(3) == 0;
    }

    public string Document() => Bare() + Space();

    /// <summary>A document that ends with its brace.</summary>
    public string Bare()
    {
        var names = new List<string> { "a", "b", "c" }.GetRange(0, _random.Next(4));
        if (_random.Next(3) > 0)
        {
            names.Insert(_random.Next(names.Count + 1), "S");
        }

        return (Space() + Object(names, name => name == "S" ? Section() : Value(2))).Replace("\n", _newLine, StringComparison.Ordinal);
    }

    private string Section()
    {
        var names = new List<string> { "x", "y" }.GetRange(0, _random.Next(3));
        if (_random.Next(2) == 0)
        {
            names.Insert(_random.Next(names.Count + 1), "k");
        }

        return Object(names, name => name == "k" ? Old : Value(1));
    }

    private string Value(int depth) => depth > 0 && _random.Next(3) == 0 ? Object(["n", "m"], _ => Value(depth - 1)) : Scalars[_random.Next(Scalars.Length)];

    private string Object(List<string> names, Func<string, string> value)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(Space()).Append('"').Append(names[i]).Append('"').Append(_random.Next(4) == 0 ? " \t" : "").Append(':').Append(Space()).Append(value(names[i])).Append(Space());
            text.Append(i < names.Count - 1 || _random.Next(4) == 0 ? "," : "");
        }

        return text.Append(Space()).Append('}').ToString();
    }

    // White space and comments; a comment to the end of a line has that end.
    private string Space()
    {
        var text = new StringBuilder();
        for (var i = _random.Next(_dense ? 2 : 4); i > 0; i--)
        {
            var comment = Comments[_random.Next(Comments.Length)];
            text.Append(_random.Next(6) switch
            {
                0 => comment.StartsWith("//", StringComparison.Ordinal) ? comment + "\n" : comment,
                1 => "\n",
                2 => "\n  ",
                3 => "\t",
                _ => " ",
            });
        }

        return text.ToString();
    }
}
