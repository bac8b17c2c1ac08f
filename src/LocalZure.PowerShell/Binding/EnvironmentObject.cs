using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Environments as users see them.</summary>
internal static class EnvironmentObject
{
    /// <summary>The name of the type. No class can have it: <c>LocalZure.Environment</c> would hide that of .NET from the whole program.</summary>
    public const string TypeName = "LocalZure.Environment";

    /// <summary>An environment under that name.</summary>
    public static PSObject Of(EnvironmentInfo environment)
    {
        var named = new PSObject(environment);
        named.TypeNames.Insert(0, TypeName);
        return named;
    }
}
