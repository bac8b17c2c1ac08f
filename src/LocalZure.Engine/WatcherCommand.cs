namespace LocalZure.Engine;

/// <summary>
/// How to start another process of the engine's host that calls <see cref="LocalZureEngine.WatchAsync"/> at once and then ends.
/// It is started detached, with the environment of <see cref="EngineOptions.Environment"/>.
/// </summary>
/// <param name="FileName">The program, as a full path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables on top of the environment.</param>
public sealed record WatcherCommand(string FileName, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
