using System.Security.Cryptography;
using System.Text;

namespace LocalZure.Engine.Seeding;

/// <summary>
/// Signs requests to Azure Storage with the account's key. Source: Microsoft's page "Authorize with Shared Key". The texts are those of
/// requests as hooks make them: without the headers that are optional.
/// </summary>
internal static class SharedKey
{
    /// <summary>The text to sign of a request to Blob or Queue Storage without a body.</summary>
    /// <param name="method">For example <c>PUT</c>.</param>
    /// <param name="headers">The headers whose names begin with <c>x-ms-</c>, in small letters.</param>
    /// <param name="account">The account.</param>
    /// <param name="address">The whole address. Where the path begins with the account, as that of an emulator, that counts too.</param>
    public static string TextOfBlobOrQueue(string method, IReadOnlyDictionary<string, string> headers, string account, Uri address)
    {
        // Encoding, language, length, MD5, type, date and the conditions: all empty.
        var text = new StringBuilder(method).Append('\n', 12);
        foreach (var (name, value) in headers.OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        text.Append('/').Append(account).Append(address.AbsolutePath);
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2));
        foreach (var parameter in parameters.OrderBy(parameter => parameter[0], StringComparer.Ordinal))
        {
            text.Append('\n').Append(parameter[0]).Append(':').Append(Uri.UnescapeDataString(parameter.ElementAtOrDefault(1) ?? ""));
        }

        return text.ToString();
    }

    /// <summary>The text to sign of a request to Table Storage.</summary>
    /// <param name="method">For example <c>POST</c>.</param>
    /// <param name="contentType">The type of its body.</param>
    /// <param name="date">Its date, as in the header.</param>
    /// <param name="account">The account.</param>
    /// <param name="address">The whole address, without parameters.</param>
    public static string TextOfTable(string method, string contentType, string date, string account, Uri address) =>
        $"{method}\n\n{contentType}\n{date}\n/{account}{address.AbsolutePath}";

    /// <summary>The signature of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The account's key, in Base64.</param>
    public static string Sign(string text, string key) => Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
}
