namespace LocalZure.Engine.Support;

/// <summary>A process that cannot be mistaken for a later one with the same pid.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="StartToken">
/// When the operating system started it, in a form that is the same at every reading: on Linux the ticks since boot of
/// <c>/proc/&lt;pid&gt;/stat</c> field 22 (proc(5)), elsewhere UTC ticks.
/// </param>
internal sealed record ProcessIdentity(int Pid, string StartToken);
