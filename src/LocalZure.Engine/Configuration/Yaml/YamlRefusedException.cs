namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>Ends the reading of a document of which nothing more can be made.</summary>
internal sealed class YamlRefusedException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">Why, as a sentence.</param>
    /// <param name="suggestion">What to do about it.</param>
    /// <param name="innerException">The cause; null when this is the cause.</param>
    public YamlRefusedException(Place place, string message, string suggestion, Exception? innerException = null)
        : base(message, innerException)
    {
        Place = place;
        Suggestion = suggestion;
    }

    /// <summary>Where.</summary>
    public Place Place { get; }

    /// <summary>What to do about it.</summary>
    public string Suggestion { get; }
}
