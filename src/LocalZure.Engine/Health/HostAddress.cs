using System.Net;

namespace LocalZure.Engine.Health;

/// <summary>Addresses that are bound to against addresses that are connected to.</summary>
internal static class HostAddress
{
    /// <summary>The loopback address. Never <c>localhost</c>, which may resolve to IPv6.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>Whether only this machine reaches an address.</summary>
    public static bool IsLoopback(string address) => IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed);

    /// <summary>The address a client of this machine uses for a bound one: a wildcard is reached over loopback.</summary>
    public static string ToConnectTo(string bound) => bound is "" or "0.0.0.0" or "::" ? Loopback : bound;
}
