namespace LocalZure.Engine.Containers;

/// <summary>How far a build is.</summary>
/// <param name="Step">The number of the step it is at, from 1; 0 before the first.</param>
/// <param name="Steps">How many steps there are; 0 when not told yet.</param>
/// <param name="Instruction">The step's instruction, for example <c>RUN npm ci</c>; empty before the first.</param>
/// <param name="Line">A line of output without secrets; null when the step has just begun.</param>
internal sealed record BuildProgress(int Step, int Steps, string Instruction, string? Line);
