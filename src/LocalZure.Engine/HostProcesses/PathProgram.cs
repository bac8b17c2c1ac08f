namespace LocalZure.Engine.HostProcesses;

/// <summary>A program that users install themselves.</summary>
internal sealed record PathProgram
{
    /// <summary>The program's file name.</summary>
    public required string Name { get; init; }

    /// <summary>What it belongs to, for messages.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The argument that makes it say its version.</summary>
    public required string VersionArgument { get; init; }

    /// <summary>How to install it, in a few words.</summary>
    public required string InstallHint { get; init; }

    /// <summary>Folders to look into after PATH; one part may be <c>*</c>, which stands for a version.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Redis.</summary>
    public static readonly PathProgram Redis = new()
    {
        Name = "redis-server",
        DisplayName = "Redis",
        VersionArgument = "--version",
        InstallHint = "Debian and Ubuntu: apt install redis-server; macOS: brew install redis",
        Folders = ["/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"],
    };

    /// <summary>PostgreSQL, whose Debian packages put its programs into no folder of PATH.</summary>
    public static readonly PathProgram PostgreSql = new()
    {
        Name = "postgres",
        DisplayName = "PostgreSQL",
        VersionArgument = "--version",
        InstallHint = "Debian and Ubuntu: apt install postgresql; macOS: brew install postgresql; Windows: winget install PostgreSQL.PostgreSQL",
        Folders = ["/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql/bin"],
    };

    /// <summary>Eclipse Mosquitto.</summary>
    public static readonly PathProgram Mosquitto = new()
    {
        Name = "mosquitto",
        DisplayName = "Eclipse Mosquitto",
        VersionArgument = "-h",
        InstallHint = "Debian and Ubuntu: apt install mosquitto; macOS: brew install mosquitto",
        Folders = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"],
    };
}
