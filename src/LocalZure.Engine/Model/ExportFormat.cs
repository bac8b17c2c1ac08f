namespace LocalZure;

/// <summary>Where connection settings are handed to.</summary>
public enum ExportFormat
{
    /// <summary>The environment variables of this process and of what it starts.</summary>
    Process,

    /// <summary>A <c>.env</c> file.</summary>
    DotEnv,

    /// <summary>One flat JSON object, name to value.</summary>
    Json,

    /// <summary>An <c>appsettings*.json</c>, or a <c>local.settings.json</c> of Azure Functions.</summary>
    AppSettings,

    /// <summary>The environment of the following steps of a job of GitHub Actions.</summary>
    GitHubActions,

    /// <summary>Variables of the following steps of a job of Azure Pipelines.</summary>
    AzureDevOps,
}
