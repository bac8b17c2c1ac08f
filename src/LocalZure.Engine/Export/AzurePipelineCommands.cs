namespace LocalZure.Engine.Export;

/// <summary>
/// The lines that the agent of Azure Pipelines reads on standard output. Source: "Logging commands" of its documentation and
/// the escapes of azure-pipelines-task-lib.
/// </summary>
internal static class AzurePipelineCommands
{
    /// <summary>The line that has a text masked from then on.</summary>
    public static string Mask(string secret) => $"##vso[task.setsecret]{Escape(secret)}";

    /// <summary>The line that sets a variable for the following steps.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isSecret">A secret one is masked, and reaches a step only where the step maps it with <c>env:</c>.</param>
    public static string Set(string name, string value, bool isSecret) =>
        $"##vso[task.setvariable variable={EscapeProperty(name)}{(isSecret ? ";issecret=true" : "")}]{Escape(value)}";

    private static string Escape(string data) => data
        .Replace("%", "%AZP25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string property) => Escape(property)
        .Replace("]", "%5D", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal);
}
