using System.Reflection;

namespace LocalZure.Engine.Lifecycle;

/// <summary>The version of LocalZure.</summary>
internal static class ModuleVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static readonly string Text = typeof(ModuleVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
