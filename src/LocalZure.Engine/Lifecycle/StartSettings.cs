namespace LocalZure.Engine.Lifecycle;

/// <summary>What of a start is the same for all its services.</summary>
/// <param name="NoWait">Return as soon as it was started.</param>
/// <param name="Recreate">Make it anew even when it is unchanged.</param>
/// <param name="KeepOnFailure">Leave what a failed start created.</param>
internal sealed record StartSettings(bool NoWait, bool Recreate, bool KeepOnFailure);
