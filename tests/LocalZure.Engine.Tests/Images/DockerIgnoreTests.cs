using LocalZure.Engine.Images;

namespace LocalZure.Engine.Tests.Images;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("# comment\n\n  \nx", "# comment|a", "x")]
    [InlineData("*/temp*", "# comment|a|a/b/temp", "a/temp|a/temporary.txt|a/tempfolder|a/tempfolder/x")]
    [InlineData("*/*/temp*", "a/temp|a/b/c/temp", "a/b/temp|a/b/temporary.txt")]
    [InlineData("temp?", "temp|temp12|a/tempa", "tempa|tempb|temp1/x")]
    [InlineData("**/*.go", "a.goo|go", "a.go|a/b.go|a/b/c.go")]
    [InlineData("*.md\n!README.md", "README.md|a/x.md", "x.md|README-secret.md")]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README.md|README-1.md", "x.md|README-secret.md")]
    [InlineData("*.md\nREADME-secret.md\n!README*.md", "README-secret.md|README.md", "x.md")]
    [InlineData("/foo/bar", "foo|x/foo/bar", "foo/bar|foo/bar/x")]
    [InlineData("foo/bar/", "foo|x/foo/bar", "foo/bar|foo/bar/x")]
    [InlineData("  ./a//b/../c  ", "a|a/b", "a/c|a/c/d")]
    [InlineData("! keep\nx", "keep", "x")]
    [InlineData("**", "", "a|a/b|.a")]
    [InlineData("a/**", "a|b", "a/b|a/b/c")]
    [InlineData("a/**/z", "a/zz|z", "a/z|a/b/z|a/b/c/z|a/b/z/x")]
    [InlineData("**/foo", "foobar/x|afoo", "foo|a/foo|a/b/foo")]
    [InlineData("[a-c]x\n[^a-c]y\n\\*z", "dx|ay|az", "ax|dy|*z")]
    [InlineData("*\n!src/**/*.cs", "src/a.cs|src/b/c.cs", "x|src/b.txt|src")]
    [InlineData("a\n!a/b\na/b/c", "a/b|a/b/d", "a|a/x|a/b/c|a/b/c/d")]
    [InlineData(" #x", "#y", "#x")]
    [InlineData(".", "a|a/b", "")]
    public void Look_Rules_DecideAsDockersDo(string lines, string kept, string dropped)
    {
        var ignore = DockerIgnore.Parse(lines.Split('\n'), ".dockerignore");

        var all = Paths(kept).Concat(Paths(dropped));
        Assert.Equal(Paths(kept), all.Where(path => !IsOut(ignore, path)));
        Assert.Equal(Paths(dropped), all.Where(path => IsOut(ignore, path)));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("[b-a]")]
    [InlineData("a\\")]
    public void Parse_NoPattern_NamesTheLine(string line)
    {
        var error = Assert.Throws<LocalZureException>(() => DockerIgnore.Parse(["ok", line], "/x/.dockerignore"));

        Assert.Equal((ErrorCode.BuildFailed, $"Line 2 of '/x/.dockerignore' is no pattern: '{line}'."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("!a/b/c", "a", true)]
    [InlineData("!a/b/c", "a/b", true)]
    [InlineData("!a/b/c", "a/b/c", false)]
    [InlineData("!a/b/c", "ab", false)]
    [InlineData("!**/x", "node_modules", true)]
    [InlineData("!src/*/x", "src/a", true)]
    [InlineData("!src/*/x", "lib", false)]
    [InlineData("node_modules", "node_modules", false)]
    public void MayLetInBelow_Exception_KeepsTheWalkGoing(string line, string folder, bool expected) =>
        Assert.Equal(expected, DockerIgnore.Parse([line], "f").MayLetInBelow(folder));

    private static string[] Paths(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOut(DockerIgnore ignore, string path)
    {
        var above = ignore.Root;
        var isOut = false;
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            (isOut, above) = ignore.Look(end < 0 ? path : path[..end], above);
            if (end < 0)
            {
                return isOut;
            }
        }
    }
}
