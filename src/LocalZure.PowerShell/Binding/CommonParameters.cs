using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>What the common parameters and preference variables say.</summary>
internal static class CommonParameters
{
    /// <summary>Whether the user gave the parameter.</summary>
    public static bool IsBound(this PSCmdlet cmdlet, string parameter) => cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Whether nothing may be changed: <c>-WhatIf</c>, else <c>$WhatIfPreference</c>.</summary>
    public static bool IsWhatIf(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>Whether the user gave <c>-ErrorAction Stop</c>.</summary>
    public static bool StopsOnErrors(this PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var bound)
        && LanguagePrimitives.TryConvertTo<ActionPreference>(bound, out var preference) && preference == ActionPreference.Stop;

    /// <summary>Whether the user turned all questions off with <c>$ConfirmPreference = 'None'</c>.</summary>
    public static bool NeverConfirms(this PSCmdlet cmdlet) =>
        LanguagePrimitives.TryConvertTo<ConfirmImpact>(cmdlet.GetVariableValue("ConfirmPreference"), out var preference) && preference == ConfirmImpact.None;
}
