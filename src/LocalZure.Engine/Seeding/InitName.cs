using System.Text.RegularExpressions;

namespace LocalZure.Engine.Seeding;

/// <summary>A rule for names.</summary>
/// <param name="Pattern">What a name looks like.</param>
/// <param name="Words">The rule in words, as the end of "use ...".</param>
internal sealed record InitName(Regex Pattern, string Words);
