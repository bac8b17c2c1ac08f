namespace LocalZure;

/// <summary>How long a service lives.</summary>
public enum ServiceLifetime
{
    /// <summary>Until it is stopped. The default.</summary>
    Persistent,

    /// <summary>Until the process that started it ends, however it ends.</summary>
    Session,
}
