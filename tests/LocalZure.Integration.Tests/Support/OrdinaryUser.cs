using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Runs a test of what refuses to run as root when the suite runs as root: in a process of a user without rights.</summary>
internal static class OrdinaryUser
{
    // nobody, on every Unix system that has setpriv.
    private const string Id = "65534";

    /// <summary>
    /// Whether the calling test, in host mode as root, was run in such a process and passed there; then it has nothing left to do.
    /// </summary>
    /// <typeparam name="T">The test's class.</typeparam>
    /// <param name="mode">The mode that the test runs in.</param>
    /// <param name="test">The test, a method that takes the mode.</param>
    public static async Task<bool> HasRunAsync<T>(ServiceMode mode, [CallerMemberName] string test = "")
    {
        if (mode != ServiceMode.Host || OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        // Neither what was built nor the home of root need be open to others.
        var folder = Directory.CreateTempSubdirectory("localzure-user-");
        try
        {
            var program = folder.CreateSubdirectory("program");
            var home = folder.CreateSubdirectory("home");
            Copy(new DirectoryInfo(AppContext.BaseDirectory), program);
            Open(folder, UnixFileMode.None);
            Open(home, UnixFileMode.OtherWrite);
            var assembly = Path.Combine(program.FullName, Path.GetFileName(typeof(Program).Assembly.Location));
            await Command.RunAsync(
                "setpriv",
                [$"--reuid={Id}", $"--regid={Id}", "--clear-groups", "--", "dotnet", "exec", assembly, "test", typeof(T).Name, test],
                new Dictionary<string, string> { ["HOME"] = home.FullName, ["TMPDIR"] = home.FullName });
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Open(DirectoryInfo folder, UnixFileMode more) =>
        File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | more);
}
