using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalZure.Engine.Support;

/// <summary>
/// The names of files and folders in the LocalZure home. Whatever a text holds, its name is that of one entry of one folder: what is
/// read from labels and from files of the home never leads out of it.
/// </summary>
internal static class SafeName
{
    // 255 bytes is what file systems take; extensions and temporary names come on top.
    private const int Longest = 160;

    /// <summary>The name for a text. Letters, digits and <c>. _ -</c> stay as they are unless the text begins with a dot; all else is escaped.</summary>
    /// <param name="text">What it is the name of.</param>
    public static string Of(string text)
    {
        if (text.Length is > 0 and <= Longest && text[0] != '.' && text.All(IsPlain))
        {
            return text;
        }

        var name = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            name.Append(IsPlain((char)value) && !(name.Length == 0 && value == '.') ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"%{value:X2}"));
        }

        return name.Length switch
        {
            0 => "%",
            <= Longest => name.ToString(),
            _ => $"{name.ToString(0, Longest - 70)}%{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}",
        };
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';
}
