namespace LocalZure.Cli.Output;

/// <summary>A column of a table.</summary>
/// <typeparam name="T">What a row shows.</typeparam>
/// <param name="Header">Its header.</param>
/// <param name="Text">Its text of a row; null for an empty one.</param>
/// <param name="Width">Its least width, for tables whose rows come one by one.</param>
/// <param name="HasTone">Whether its texts are words with a colour.</param>
internal sealed record Column<T>(string Header, Func<T, string?> Text, int Width = 0, bool HasTone = false);
