namespace LocalZure.Engine.Lifecycle;

/// <summary>The output that a start which failed has left.</summary>
/// <param name="Key">The service.</param>
/// <param name="Path">The file.</param>
/// <param name="KeptAt">When it was written.</param>
internal sealed record FailedLog(ServiceKey Key, string Path, DateTimeOffset KeptAt);
