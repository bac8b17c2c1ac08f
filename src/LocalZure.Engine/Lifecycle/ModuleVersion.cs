using System.Reflection;

namespace LocalZure.Engine.Lifecycle;

/// <summary>The version of LocalZure.</summary>
internal static class ModuleVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static readonly string Text = typeof(ModuleVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Whether a version is newer than this one; false when it is none.</summary>
    /// <param name="version">For example <c>0.2.0</c> or <c>0.2.0-preview1</c>, whose end is not compared; null for none.</param>
    public static bool IsNewer(string? version) =>
        Version.TryParse(version?.Split('-')[0], out var other) && Version.TryParse(Text.Split('-')[0], out var own) && other > own;
}
