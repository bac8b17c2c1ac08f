namespace LocalZure.Engine.Requests;

/// <summary>What an export has done.</summary>
/// <param name="Text">The text for the caller, when the format has one and no file was named; else null.</param>
/// <param name="Warnings">What readers of the file will not understand alike, without a value.</param>
public sealed record ExportResult(string? Text, IReadOnlyList<string> Warnings);
