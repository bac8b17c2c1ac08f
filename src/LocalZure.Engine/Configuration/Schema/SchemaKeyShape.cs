namespace LocalZure.Engine.Configuration.Schema;

/// <summary>A key of a table, as data.</summary>
/// <param name="Name">The key.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Default">What holds without it, in words; null when nothing does.</param>
/// <param name="Value">The value that holds without it, as it would be written; null when it is none.</param>
/// <param name="Shape">What it takes.</param>
internal sealed record SchemaKeyShape(string Name, string Description, string? Default, string? Value, SchemaShape Shape);
