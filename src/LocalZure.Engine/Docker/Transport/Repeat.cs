namespace LocalZure.Engine.Docker.Transport;

/// <summary>When a request may be sent again. One that never left, for want of a connection, always may.</summary>
internal enum Repeat
{
    /// <summary>Never: its effect would come twice.</summary>
    Never,

    /// <summary>After a broken connection: a second effect is none, but the engine's refusals are final.</summary>
    WhenBroken,

    /// <summary>After a broken connection and after a failure inside the engine (5xx).</summary>
    WhenFailed,
}
