using System.Text.RegularExpressions;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>What can be the name of an image, after the reference grammar of the distribution project. Pure.</summary>
internal static partial class ImageNameRule
{
    private const string Remedy = "Write it as registry/path:tag, for example mcr.microsoft.com/azure-storage/azurite:3.35.0; all but the tag is lower case.";

    /// <summary>Checks a name.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static void Check(string image)
    {
        if (!Name().IsMatch(image))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{image}' is not the name of an image.", Remedy);
        }
    }

    /// <summary>A name with another tag, for example <c>mcr.microsoft.com/azure-storage/azurite:3.37.0</c> with <c>3.35.0</c>.</summary>
    public static string WithTag(string image, string tag)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return $"{(colon > name.LastIndexOf('/') ? name[..colon] : name)}:{tag}";
    }

    // localhost:5000/team/app:1.0@sha256:9f86d0...; or an image's id alone, sha256:9f86d0... without the algorithm
    [GeneratedRegex(
        @"\A(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,})?\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
