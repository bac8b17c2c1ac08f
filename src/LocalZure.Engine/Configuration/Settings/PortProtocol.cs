namespace LocalZure.Engine.Configuration.Settings;

/// <summary>What is spoken at a port.</summary>
internal enum PortProtocol
{
    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,
}
