using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>The kinds of single values.</summary>
internal static partial class Scalars
{
    private const string NamePattern = "^[a-z0-9][a-z0-9._-]{0,62}$";

    private static readonly string[] Yes = ["true", "yes", "on"];
    private static readonly string[] No = ["false", "no", "off"];

    /// <summary>Any text.</summary>
    public static readonly TextSchema<string> Text = new(Of("text", "string", "number", "boolean"), text => text, Yaml.YamlLimits.Value);

    /// <summary>A switch, in the usual spellings.</summary>
    public static readonly TextSchema<bool> Boolean = new(
        new SchemaShape("boolean") { Forms = [Of("boolean", "boolean"), Of("boolean", "string") with { Choices = [.. Yes, .. No] }] },
        text => Yes.Contains(text, StringComparer.OrdinalIgnoreCase) || (No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : throw Invalid(text, "yes or no", "Write true or false; yes, no, on and off will do too.")));

    /// <summary>A span of time.</summary>
    public static readonly TextSchema<TimeSpan> Time = new(Of("duration", "string", "number"), Duration.Parse, longest: 100);

    /// <summary>How long something may take; a timer takes 49 days at most.</summary>
    public static readonly TextSchema<TimeSpan> Timeout = new(
        Of("duration", "string", "number"),
        text => Duration.Parse(text) is var time && time > TimeSpan.Zero && time.TotalDays <= 30 ? time : throw Invalid(text, "a time-out", "Write a duration longer than nothing and of 30 days at most, for example 2m."),
        longest: 100);

    /// <summary>A span of time that is longer than nothing.</summary>
    public static readonly TextSchema<TimeSpan> Life = new(
        Of("duration", "string", "number"),
        text => Duration.Parse(text) is var time && time > TimeSpan.Zero ? time : throw Invalid(text, "a time to live", "Write a duration longer than nothing, for example 2h; leave the key out for ever."),
        longest: 100);

    /// <summary>A size in bytes.</summary>
    public static readonly TextSchema<long> Size = new(Of("size", "string", "number"), ByteSize.Parse, longest: 100);

    /// <summary>A number of CPUs.</summary>
    public static readonly TextSchema<double> Cpus = new(
        Of("number of CPUs", "number", "string"),
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus) && cpus is >= 0.01 and <= 1024 ? cpus : throw Invalid(text, "a number of CPUs", "Use a number from 0.01 to 1024, for example 0.5."),
        longest: 100);

    /// <summary>A number of things.</summary>
    public static readonly TextSchema<int> Count = new(
        Of("number", "integer", "string"),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : throw Invalid(text, "a whole number above 0", "Use a whole number above 0."),
        longest: 100);

    /// <summary>The name of a service, an instance or a project.</summary>
    public static readonly TextSchema<string> Name = new(Of("name", "string") with { Pattern = NamePattern }, text => Checked("service", text));

    /// <summary>The name of an instance.</summary>
    public static readonly TextSchema<string> Instance = new(Of("name", "string") with { Pattern = NamePattern }, text => Checked("instance", text));

    /// <summary>The name of a project.</summary>
    public static readonly TextSchema<string> Project = new(Of("name", "string") with { Pattern = NamePattern }, text => Checked("project", text));

    /// <summary>The version of the format.</summary>
    public static readonly TextSchema<string> Version = new(
        Of("version", "string", "number") with { Pattern = @"^[0-9]+(\.[0-9]+){0,2}$" },
        text => VersionForm().IsMatch(text) ? text : throw Invalid(text, "a version", "Write it as numbers with dots, in quotes, for example \"0.1.0\"."),
        longest: 50);

    /// <summary>A port inside a container.</summary>
    public static readonly TextSchema<int> ContainerPort = new(
        Of("port", "integer", "string"),
        text => PortWish.Parse(text) is { IsExact: true } port ? port.First : throw Invalid(text, "a port of a container", "Use a number from 1 to 65535."),
        longest: 100);

    /// <summary>A wish for a host port.</summary>
    public static readonly TextSchema<PortWish> HostPort = new(Of("port", "integer", "string"), PortWish.Parse, longest: 100);

    /// <summary>A range of host ports.</summary>
    public static readonly TextSchema<PortWish> PortRange = new(
        Of("range of ports", "string") with { Pattern = "^[0-9]+-[0-9]+$" },
        text => text.Contains('-', StringComparison.Ordinal) ? PortWish.Parse(text) : throw Invalid(text, "a range of ports", "Write it as first-last, for example 30000-40000."),
        longest: 100);

    /// <summary>An address of this machine.</summary>
    public static readonly TextSchema<string> Address = new(
        Of("address", "string"),
        text => text == "localhost" ? HostAddress.Loopback : IPAddress.TryParse(text, out _) && text.AsSpan().IndexOfAny(".:") >= 0 ? text : throw Invalid(text, "an IP address", "Use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network that it is on."),
        longest: 100);

    /// <summary>The name of an image.</summary>
    public static readonly TextSchema<string> Image = new(Of("image", "string"), text =>
    {
        ImageNameRule.Check(text);
        return text;
    });

    /// <summary>The tag of an image.</summary>
    public static readonly TextSchema<string> Tag = new(
        Of("tag", "string", "number"),
        text => TagForm().IsMatch(text) ? text : throw Invalid(text, "the tag of an image", "Write the tag alone, for example 3.35.0."),
        longest: 200);

    /// <summary>A path of this machine.</summary>
    public static readonly TextSchema<string> Path = new(
        Of("path", "string"),
        text => text.Length > 0 && !text.Any(char.IsControl) ? text : throw Invalid(text, "a path", "Write it relative to this file, or as a full path."),
        longest: 4096);

    /// <summary>A path inside a container.</summary>
    public static readonly TextSchema<string> ContainerPath = new(
        Of("path in the container", "string") with { Pattern = "^/" },
        text => text.StartsWith('/') && !text.Any(char.IsControl) ? text : throw Invalid(text, "a path inside the container", "Write the path inside the container with a leading slash, for example /data."),
        longest: 4096);

    /// <summary>A regular expression for lines of a log or for the body of an answer.</summary>
    public static readonly TextSchema<string> Pattern = new(Of("regular expression", "string"), text => IsRegex(text) ? text : throw Invalid(text, "a regular expression", "Put a backslash before characters such as ( and [ that are meant as they are."), longest: 1000);

    /// <summary>HTTP status codes.</summary>
    public static readonly TextSchema<StatusRange> Status = new(
        Of("status code", "integer", "string"),
        text => PortWish.Parse(text) is { First: >= 100, Last: <= 599 } range ? new StatusRange(range.First, range.Last) : throw Invalid(text, "a status code", "Use a number from 100 to 599, or a range such as 200-299."),
        longest: 100);

    /// <summary>One of a few words, which are those of an enumeration: <c>OnFailure</c> is <c>on-failure</c>.</summary>
    public static TextSchema<TChoice> Choice<TChoice>(params TChoice[] choices)
        where TChoice : struct, Enum
    {
        var words = (choices.Length > 0 ? choices : Enum.GetValues<TChoice>()).ToDictionary(Word, choice => choice, StringComparer.OrdinalIgnoreCase);
        return new TextSchema<TChoice>(
            Of("word", "string") with { Choices = [.. words.Keys] },
            text => words.TryGetValue(text, out var choice) ? choice : throw NotAmong(text, words.Keys),
            longest: 100);
    }

    /// <summary>The word for a value of an enumeration.</summary>
    public static string Word<TChoice>(TChoice choice)
        where TChoice : struct, Enum => Boundary().Replace(choice.ToString(), "-").ToLowerInvariant();

    private static SchemaShape Of(string type, params string[] jsonTypes) => new(type) { JsonTypes = jsonTypes };

    private static LocalZureException NotAmong(string text, IReadOnlyCollection<string> words)
    {
        var nearest = NearestNames.Of(text, words);
        return new LocalZureException(ErrorCode.ConfigInvalid, $"'{text}' is not one of {string.Join(", ", words)}.", nearest.Count == 0 ? $"Use one of {string.Join(", ", words)}." : $"Did you mean '{nearest[0]}'?");
    }

    private static LocalZureException Invalid(string text, string wanted, string remedy) => new(ErrorCode.ConfigInvalid, $"'{text}' is not {wanted}.", remedy);

    private static string Checked(string kind, string name)
    {
        NameRule.Check(kind, name);
        return name;
    }

    private static bool IsRegex(string text)
    {
        try
        {
            _ = UserPattern.Compile(text, RegexOptions.CultureInvariant);
            return text.Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[0-9]+(\.[0-9]+){0,2}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex VersionForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagForm();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Boundary();
}
