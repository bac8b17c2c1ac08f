namespace LocalZure.Integration.Tests.Support;

/// <summary>Finds processes the way an onlooker does: by their command lines.</summary>
internal static class HostProcessList
{
    /// <summary>The processes whose command line mentions a text, as <c>process &lt;pid&gt;</c>.</summary>
    public static async Task<IReadOnlyList<string>> MentioningAsync(string text) => OperatingSystem.IsLinux()
        ? Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && CommandLineOf(folder).Contains(text, StringComparison.Ordinal))
            .Select(folder => $"process {Path.GetFileName(folder)}")
            .ToList()
        : (await Command.RunAsync("ps", ["-axww", "-o", "pid=,args="])).Split('\n')
            .Where(line => line.Contains(text, StringComparison.Ordinal))
            .Select(line => $"process {line.Trim().Split(' ')[0]}")
            .ToList();

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended in the meantime, or belongs to another user.
            return "";
        }
    }
}
