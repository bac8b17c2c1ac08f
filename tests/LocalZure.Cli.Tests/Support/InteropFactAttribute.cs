using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.Support;

/// <summary>A test of the command beside the cmdlets; skipped with the reason where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropFactAttribute : FactAttribute
{
    public override string? Skip => Requirements.Docker
        ?? (PowerShellCommand.Words is null ? "pwsh is not on PATH, and `dotnet tool restore` has not brought the pinned one" : null)
        ?? (File.Exists(Manifest) ? null : "the module is not built: run ./build.sh");

    public static string Manifest { get; } = Path.Combine(Repository.Root, "out", "LocalZure", "LocalZure.psd1");
}
