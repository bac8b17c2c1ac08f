namespace LocalZure.Engine.HostProcesses;

/// <summary>A program that comes as a package of npm.</summary>
internal sealed record NpmPackage
{
    /// <summary>The package's name, which is also the name of its command.</summary>
    public required string Name { get; init; }

    /// <summary>The name that people know it by, for messages.</summary>
    public required string DisplayName { get; init; }

    /// <summary>A file that every usable copy holds, relative to the package's folder.</summary>
    public required string RequiredFile { get; init; }

    /// <summary>What is installed, newest first: the first version whose minimum the Node.js that is there meets.</summary>
    public required IReadOnlyList<NpmPackageVersion> Versions { get; init; }
}
