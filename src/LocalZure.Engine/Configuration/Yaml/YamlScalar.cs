namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>A text.</summary>
internal sealed class YamlScalar : YamlNode
{
    /// <summary>Creates one.</summary>
    /// <param name="place">Where it begins.</param>
    /// <param name="text">The text.</param>
    /// <param name="isQuoted">Whether it can only be a text, never nothing.</param>
    public YamlScalar(Place place, string text, bool isQuoted = false)
        : base(place, [])
    {
        Text = text;
        Characters = text.Length;
        IsNull = !isQuoted && text is "" or "~" or "null" or "Null" or "NULL";
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether it stands for nothing.</summary>
    public bool IsNull { get; }

    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : Text.Length > 60 ? $"'{Text[..57]}...'" : $"'{Text}'";
}
