namespace LocalZure.Engine.Docker.Transport;

/// <summary>What a request is about, which tells what a refusal means.</summary>
internal enum DockerObject
{
    /// <summary>The engine itself.</summary>
    Engine,

    /// <summary>A container.</summary>
    Container,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A network.</summary>
    Network,

    /// <summary>A volume.</summary>
    Volume,
}
