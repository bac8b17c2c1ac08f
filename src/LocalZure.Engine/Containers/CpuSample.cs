namespace LocalZure.Engine.Containers;

/// <summary>Processor time that was used up to a moment.</summary>
/// <param name="ReadAt">The moment.</param>
/// <param name="Used">Nanoseconds used by the container.</param>
/// <param name="System">Nanoseconds used by the whole machine, all processors together; null where it is not told (Windows).</param>
/// <param name="Processors">The number of processors.</param>
internal sealed record CpuSample(DateTimeOffset ReadAt, ulong Used, ulong? System, int Processors);
