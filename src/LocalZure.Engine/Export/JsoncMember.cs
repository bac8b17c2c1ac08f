namespace LocalZure.Engine.Export;

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">The first byte of the name.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsoncMember(string Name, int Start, JsoncValue Value);
