namespace LocalZure.Engine.HostProcesses;

/// <summary>A version of a package and what it needs.</summary>
/// <param name="Version">The exact version.</param>
/// <param name="MinimumNodeMajor">The first major version of Node.js that it declares to run on.</param>
internal sealed record NpmPackageVersion(string Version, int MinimumNodeMajor);
