using System.Globalization;
using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>Users of a Unix.</summary>
internal static class UnixUser
{
    /// <summary>The id of the one who may do everything.</summary>
    public const uint Root = 0;

    private static readonly object Gate = new();

    /// <summary>The user that this process acts as. Not for Windows.</summary>
    public static uint Current => Libc.EffectiveUser();

    /// <summary>A user as people know it: by name, or by number where it has none. Not for Windows.</summary>
    public static unsafe string NameOf(uint user)
    {
        // The C library keeps one answer for all threads.
        lock (Gate)
        {
            var entry = Libc.FindUser(user);
            return entry is not null && Marshal.PtrToStringUTF8((nint)(*entry)) is { Length: > 0 } name ? name : user.ToString(CultureInfo.InvariantCulture);
        }
    }
}
