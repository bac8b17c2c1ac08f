using System.Diagnostics;
using System.Text;
using LocalZure.Engine.Export;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Export;

public sealed class DotEnvFileTests
{
    [UnixFact]
    public async Task Set_HardValues_AreReadBackByAShell()
    {
        // All but what only docker compose reads.
        var values = Variables.Hard.Concat(Variables.Unlike.Where(value => !value.Contains('\r', StringComparison.Ordinal))).ToList();
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File(".env"), DotEnvFile.Set("# mine\n", "\n", Variables.Numbered(values)));

        var read = await RunAsync("bash", "-c", "set -a; . ./.env; for i in $(seq 0 $1); do n=LZ_$i; printf '%s\\0' \"${!n}\"; done", "bash", $"{values.Count - 1}");

        Assert.Equal(values, read.Split('\0')[..^1]);

        async Task<string> RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output;
        }
    }

    [Theory]
    [InlineData("", "A='x;y'\n")]
    [InlineData("# c\nB=1", "# c\nB=1\nA='x;y'\n")]
    [InlineData("A=old\nB=1\n", "A='x;y'\nB=1\n")]
    [InlineData("  export A=old # why\nB=1\n", "  export A='x;y' # why\nB=1\n")]
    [InlineData("A = old\n", "A='x;y'\n")]
    [InlineData("A= # empty\n", "A='x;y' # empty\n")]
    [InlineData("A=\nB=\n", "A='x;y'\nB=\n")]
    [InlineData("A=\"two\nlines # \\\" no\" # why\nB=1\n", "A='x;y' # why\nB=1\n")]
    [InlineData("A='it'\\''s'\nB=1\n", "A='x;y'\nB=1\n")]
    [InlineData("A='never closed\nB=1\n", "A='x;y'\nB=1\n")]
    [InlineData("A=1\nB=2\nA=3\n", "A='x;y'\nB=2\nA='x;y'\n")]
    [InlineData("#A=old\nAB=1\na=2\n", "#A=old\nAB=1\na=2\nA='x;y'\n")]
    [InlineData("B='\nA=not mine\n'\n", "B='\nA=not mine\n'\nA='x;y'\n")]
    public void Set_AnExistingFile_ChangesOnlyTheValue(string before, string after)
    {
        var variables = new[] { Variables.Of("A", "x;y") };

        Assert.Equal(after, DotEnvFile.Set(before, "\n", variables));
        Assert.Equal(after.Replace("\n", "\r\n", StringComparison.Ordinal), DotEnvFile.Set(before.Replace("\n", "\r\n", StringComparison.Ordinal), "\r\n", variables));
        Assert.Equal(after, DotEnvFile.Set(after, "\n", variables));
    }

    [Fact]
    public void IsReadAlike_OfTheHardValues_IsTrueForAllButThose()
    {
        Assert.All(Variables.Hard, value => Assert.True(DotEnvValue.IsReadAlike(value), value));
        Assert.All(Variables.Unlike, value => Assert.False(DotEnvValue.IsReadAlike(value), value));
    }
}
