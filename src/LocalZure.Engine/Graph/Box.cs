namespace LocalZure.Engine.Graph;

/// <summary>A place in a picture, in pixels from the upper left corner.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    /// <summary>The middle of its upper and lower side.</summary>
    public double Middle => Left + (Width / 2);

    /// <summary>Its lower side.</summary>
    public double Bottom => Top + Height;
}
