using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>One thing to do in a service that became usable.</summary>
/// <param name="What">What it makes or runs, for progress and errors, for example <c>queue 'orders'</c>. No arguments of commands: they may hold secrets.</param>
/// <param name="IsRepeatable">Whether it may be done again on the same data without a difference.</param>
/// <param name="RunAsync">Does it; null from it is success, as is exit code 0.</param>
internal sealed record InitHook(string What, bool IsRepeatable, Func<CancellationToken, Task<CommandResult?>> RunAsync);
