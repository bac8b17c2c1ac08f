using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Seeding;

/// <summary>
/// The rules for names of what hooks make. Sources: Microsoft's pages on naming containers, queues and tables, on naming rules of
/// Service Bus and Event Hubs; databases are held to what needs no quotes, and hyphens.
/// </summary>
internal static partial class InitNames
{
    private const string StorageWords = "3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends";

    /// <summary>A blob container; two have names of their own.</summary>
    public static readonly InitName Container = new(ContainerPattern(), $"{StorageWords}; or $root or $web");

    /// <summary>A queue of Queue Storage.</summary>
    public static readonly InitName Queue = new(QueuePattern(), StorageWords);

    /// <summary>A table; one name is reserved.</summary>
    public static readonly InitName Table = new(TablePattern(), "3 to 63 letters and digits that begin with a letter, and not 'tables'");

    /// <summary>A queue or topic of Service Bus.</summary>
    public static readonly InitName Entity = new(EntityPattern(), "up to 260 letters, digits, '.', '-', '_' and '/', with a letter or digit at both ends");

    /// <summary>An event hub.</summary>
    public static readonly InitName EventHub = new(EventHubPattern(), "up to 256 letters, digits, '.', '-' and '_', with a letter or digit at both ends");

    /// <summary>A subscription or consumer group.</summary>
    public static readonly InitName Group = new(GroupPattern(), "up to 50 letters, digits, '.', '-' and '_', with a letter or digit at both ends");

    /// <summary>A database of Cosmos DB.</summary>
    public static readonly InitName CosmosDatabase = new(CosmosPattern(), @"up to 255 characters without '/', '\', '#' and '?', and without a space at the end");

    /// <summary>A database of an SQL server.</summary>
    /// <param name="longest">How long a name may be.</param>
    public static InitName Database(int longest) => new(
        new Regex(string.Create(CultureInfo.InvariantCulture, $@"\A[A-Za-z_][A-Za-z0-9_-]{{0,{longest - 1}}}\z"), RegexOptions.CultureInvariant),
        $"up to {longest} letters, digits, '_' and '-' that begin with a letter or '_'");

    /// <summary>Says of each name that breaks the rule how it has to look.</summary>
    public static IEnumerable<string> Flaws(string key, IEnumerable<string> names, InitName rule) =>
        names.Where(name => !rule.Pattern.IsMatch(name)).Select(name => $"{key}: '{name}' is not allowed; use {rule.Words}.");

    [GeneratedRegex(@"\A(?:\$root|\$web|(?=.{3,63}\z)[a-z0-9]+(?:-[a-z0-9]+)*)\z")]
    private static partial Regex ContainerPattern();

    [GeneratedRegex(@"\A(?=.{3,63}\z)[a-z0-9]+(?:-[a-z0-9]+)*\z")]
    private static partial Regex QueuePattern();

    [GeneratedRegex(@"\A(?![Tt][Aa][Bb][Ll][Ee][Ss]\z)[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"\A(?=.{1,260}\z)[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?\z")]
    private static partial Regex EntityPattern();

    [GeneratedRegex(@"\A(?=.{1,256}\z)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\z")]
    private static partial Regex EventHubPattern();

    [GeneratedRegex(@"\A(?=.{1,50}\z)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\z")]
    private static partial Regex GroupPattern();

    [GeneratedRegex(@"\A[^/\\#?]{0,254}[^/\\#? ]\z")]
    private static partial Regex CosmosPattern();
}
