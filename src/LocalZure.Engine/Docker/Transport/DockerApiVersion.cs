using System.Globalization;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>A version of the Engine API, for example 1.41.</summary>
/// <param name="Major">The part before the dot.</param>
/// <param name="Minor">The part behind it.</param>
internal readonly record struct DockerApiVersion(int Major, int Minor) : IComparable<DockerApiVersion>
{
    /// <summary>The oldest that is spoken: Docker 19.03.</summary>
    public static readonly DockerApiVersion Oldest = new(1, 40);

    /// <summary>The newest that is spoken: Docker 27.</summary>
    public static readonly DockerApiVersion Newest = new(1, 47);

    public static bool operator <(DockerApiVersion left, DockerApiVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(DockerApiVersion left, DockerApiVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(DockerApiVersion left, DockerApiVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DockerApiVersion left, DockerApiVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>1.41</c>; null for anything else.</summary>
    public static DockerApiVersion? Parse(string? text)
    {
        var parts = text?.Trim().Split('.');
        return parts is [var major, var minor]
            && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var majorNumber)
            && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var minorNumber)
            ? new DockerApiVersion(majorNumber, minorNumber)
            : null;
    }

    /// <summary>The version to speak with an engine: the highest that both sides know.</summary>
    /// <param name="engine">The engine's newest version.</param>
    /// <param name="engineOldest">The engine's oldest version; null when it did not tell.</param>
    /// <param name="pinned">A version that the user asked for; null to negotiate.</param>
    /// <exception cref="LocalZureException">DockerApiError: there is none.</exception>
    public static DockerApiVersion Negotiate(DockerApiVersion engine, DockerApiVersion? engineOldest, DockerApiVersion? pinned)
    {
        var chosen = pinned ?? (engine < Newest ? engine : Newest);
        if (chosen < Oldest)
        {
            throw pinned is null
                ? Refusal($"The Docker engine speaks API {engine} at most, and LocalZure needs {Oldest} or newer.", "Update the engine: Docker 20.10 and newer work.")
                : Refusal($"DOCKER_API_VERSION asks for API {chosen}, and LocalZure needs {Oldest} or newer.", "Remove DOCKER_API_VERSION from the environment.");
        }

        return engineOldest is { } oldest && chosen < oldest
            ? throw Refusal($"The Docker engine speaks API {oldest} or newer, and LocalZure speaks {chosen} at most.", "Update LocalZure.")
            : chosen;
    }

    /// <inheritdoc/>
    public int CompareTo(DockerApiVersion other) => Major == other.Major ? Minor.CompareTo(other.Minor) : Major.CompareTo(other.Major);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static LocalZureException Refusal(string message, string remedy) => new(ErrorCode.DockerApiError, message, remedy);
}
