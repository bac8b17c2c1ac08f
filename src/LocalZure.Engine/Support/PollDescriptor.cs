using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>struct pollfd of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    /// <summary>The descriptor.</summary>
    public int Descriptor;

    /// <summary>What is waited for.</summary>
    public short Events;

    /// <summary>What has happened.</summary>
    public short Returned;
}
