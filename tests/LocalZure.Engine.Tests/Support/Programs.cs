namespace LocalZure.Engine.Tests.Support;

/// <summary>Programs that tests run.</summary>
internal static class Programs
{
    public static string Node => Find("node") ?? throw new InvalidOperationException("node is not on PATH");

    public static string? Find(string name) => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);
}
