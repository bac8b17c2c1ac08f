using System.Text.Json.Serialization;

namespace LocalZure.Engine.Health;

/// <summary>What must answer before a service counts as usable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HttpProbeDefinition), "http")]
[JsonDerivedType(typeof(TcpProbeDefinition), "tcp")]
[JsonDerivedType(typeof(ExecProbeDefinition), "exec")]
[JsonDerivedType(typeof(LogProbeDefinition), "log")]
[JsonDerivedType(typeof(DockerProbeDefinition), "docker")]
[JsonDerivedType(typeof(ProcessProbeDefinition), "process")]
internal abstract record ProbeDefinition
{
    /// <summary>
    /// How often in a row it must pass, 250 ms apart. More than once is for services that are known to answer too early: a
    /// proxy that accepts for them, or a first instance that makes way for the real one.
    /// </summary>
    public int Passes { get; init; } = 1;

    /// <summary>How long one look may take; null for 5 s.</summary>
    public TimeSpan? Timeout { get; init; }
}
