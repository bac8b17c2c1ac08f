using System.Text.RegularExpressions;
using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Lifecycle;

/// <summary>
/// The names that variables of a service can have: those of the catalog and those that a project's file makes. What stands in a label may
/// be written by anybody, and a variable of another name, such as <c>PATH</c> or <c>LD_PRELOAD</c>, can run a program of theirs.
/// </summary>
internal static partial class VariableNames
{
    // Read by loaders, shells and runtimes of whatever is started next. Beyond the forms above none of them can come from a label;
    // should one of the forms ever take one in, it is refused all the same.
    private static readonly string[] Never =
    [
        "PATH", "HOME", "IFS", "ENV", "BASH_ENV", "PS4", "PROMPT_COMMAND", "SHELL", "SHELLOPTS", "BASHOPTS", "CDPATH", "EDITOR", "VISUAL", "PAGER", "BROWSER",
        "COMSPEC", "PATHEXT", "WINDIR", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "PSMODULEPATH", "NODE_OPTIONS", "NODE_PATH", "DOTNET_STARTUP_HOOKS", "DOTNET_ROOT",
        "DOTNET_ADDITIONAL_DEPS", "CORECLR_PROFILER_PATH", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH", "RUBYOPT", "RUBYLIB",
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    ];

    private static readonly string[] NeverBeginning = ["LD_", "DYLD_", "PYTHON", "PERL5", "GIT_", "BASH_FUNC_", "NPM_CONFIG_", "LOCALZURE_", "DOCKER_"];

    /// <summary>Whether a variable of a service can have a name.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="known">The catalog's definition of it; null for a project's own service.</param>
    /// <param name="name">The name.</param>
    public static bool IsOf(string service, ServiceDefinition? known, string name) =>
        known is null
            ? name == $"{VariableOf(service)}_URL"
            : known.ConnectionStrings.Any(pair => pair.Key == name) || (IsOfDatabase(known, name) && !IsNever(name));

    /// <summary>The beginning of the variables of a service of a project, for example <c>MY_SHOP</c> of <c>my-shop</c>.</summary>
    /// <param name="name">The service's name.</param>
    public static string VariableOf(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));

    private static bool IsOfDatabase(ServiceDefinition known, string name) =>
        known.Init?.Sql is { } sql
        && (DatabaseSetting().IsMatch(name)
            || (sql.UrlVariable is { } url && name.StartsWith(url + "_", StringComparison.Ordinal) && name.Length > url.Length + 1 && name.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_')));

    private static bool IsNever(string name) =>
        Never.Contains(name, StringComparer.OrdinalIgnoreCase) || NeverBeginning.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\AConnectionStrings__[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatabaseSetting();
}
