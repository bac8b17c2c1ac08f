namespace LocalZure.Engine.Docker;

/// <summary>Labels and words that the client itself reads.</summary>
internal static class DockerNames
{
    /// <summary>The label that tells which start made a container.</summary>
    public const string OperationLabel = "localzure.operation";
}
