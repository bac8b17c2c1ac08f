namespace LocalZure.Engine.Catalog;

/// <summary>The client of an SQL server. It must end with another exit code than 0 at the first statement that fails.</summary>
internal sealed record SqlInit
{
    /// <summary>The program in the container, with its first arguments. It gets the file's path as its next argument when <see cref="TakesFileFirst"/>.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The program on this machine, beside the server's own or on PATH; null when there is no host mode.</summary>
    public string? HostProgram { get; init; }

    /// <summary>Argument templates of the login and of what goes on errors. No secrets: anybody on the machine can read them.</summary>
    public required IReadOnlyList<string> Login { get; init; }

    /// <summary>Environment variables of the client, as templates: the place of the password.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The arguments that name the database, as <c>{database}</c>; left out for the client's own.</summary>
    public required IReadOnlyList<string> Database { get; init; }

    /// <summary>The arguments that name the file, as <c>{file}</c>; empty when <see cref="TakesFileFirst"/>.</summary>
    public IReadOnlyList<string> File { get; init; } = [];

    /// <summary>Whether the file's path follows the program and stands before every other argument.</summary>
    public bool TakesFileFirst { get; init; }

    /// <summary>The statement that makes the database <c>{database}</c> unless it is there.</summary>
    public required string CreateDatabase { get; init; }

    /// <summary>The template of a connection string to the database <c>{database}</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The variable of the connection string that is a URL; null when there is none.</summary>
    public string? UrlVariable { get; init; }

    /// <summary>The template of a URL to the database <c>{database}</c>; null when there is none.</summary>
    public string? Url { get; init; }

    /// <summary>How long a database's name may be.</summary>
    public required int LongestName { get; init; }
}
