using System.Text.RegularExpressions;

namespace LocalZure.Engine.Images;

/// <summary>Names for built images.</summary>
internal static partial class ImageRepository
{
    /// <summary>What the names of built images begin with.</summary>
    public const string Prefix = "localzure/";

    /// <summary>The name of a service as a part of an image's name, where separators stand alone and never at the end: <c>web..api-</c> is <c>web-api</c>.</summary>
    public static string NameOf(string service) => Separators().Replace(service, match => match.Length == 1 ? match.Value : "-").Trim('.', '_', '-');

    [GeneratedRegex("[._-]+")]
    private static partial Regex Separators();
}
