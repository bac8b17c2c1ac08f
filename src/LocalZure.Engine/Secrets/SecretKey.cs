using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalZure.Engine.Secrets;

/// <summary>
/// The key of a LocalZure home, from which the secrets of its services follow: the same home always makes the same ones, so
/// that they need not be written down anywhere.
/// </summary>
internal sealed class SecretKey
{
    /// <summary>The length of a key in bytes.</summary>
    public const int Length = 32;

    /// <summary>About 160 bits.</summary>
    private const int PasswordLength = 28;

    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    /// <summary>None of these means anything in a connection string, a URL, a shell or a configuration file.</summary>
    private const string Symbols = "-_.";

    private readonly byte[] _key;

    /// <summary>Creates one.</summary>
    /// <param name="key">The key, random bytes.</param>
    public SecretKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexString(Digest("id", 0))[..16].ToLowerInvariant();
    }

    /// <summary>Tells this key from others, and nothing else of it.</summary>
    public string Id { get; }

    /// <summary>
    /// A secret: a password with letters of both cases, digits and symbols. It begins with a letter, so that no program takes it for
    /// an option, and does not end with a symbol, which a reader takes for the end of a sentence.
    /// </summary>
    /// <param name="service">The service's name.</param>
    /// <param name="instance">The instance; null for the unnamed one.</param>
    /// <param name="name">The secret's name within the service.</param>
    public string Make(string service, string? instance, string name)
    {
        var purpose = string.Create(CultureInfo.InvariantCulture, $"secret {service.Length}:{service}{instance?.Length ?? -1}:{instance}{name.Length}:{name}");
        byte[] random = [.. Digest(purpose, 0), .. Digest(purpose, 1)];
        var password = new StringBuilder(PasswordLength);
        for (var at = 0; at < PasswordLength; at++)
        {
            var letters = at switch
            {
                0 => Upper,
                1 => Lower,
                2 => Digits,
                3 => Symbols,
                PasswordLength - 1 => Upper + Lower + Digits,
                _ => Upper + Lower + Digits + Symbols,
            };
            password.Append(letters[((random[2 * at] << 8) | random[(2 * at) + 1]) % letters.Length]);
        }

        return password.ToString();
    }

    private byte[] Digest(string purpose, byte block) => HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes(purpose), block]);
}
