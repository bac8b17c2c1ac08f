using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>Colours of a terminal.</summary>
internal sealed class Paint
{
    private readonly bool _isOn;

    /// <summary>Creates one.</summary>
    /// <param name="isOn">Whether there are colours.</param>
    public Paint(bool isOn) => _isOn = isOn;

    /// <summary>Colours of standard output: where it is a terminal that has them and nobody wants none (<see href="https://no-color.org"/>).</summary>
    public static Paint OfOutput() => new(!Console.IsOutputRedirected && Terminal.HasControl && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public string Grey(string text) => In("90", text);

    public string Yellow(string text) => In("33", text);

    /// <summary>A word in the colour of what it means.</summary>
    public string Tone(string text) => Display.Tone(text) switch
    {
        "Good" => In("32", text),
        "Bad" => In("31", text),
        "Changing" => In("33", text),
        _ => text,
    };

    private string In(string colour, string text) => _isOn ? $"\u001b[{colour}m{text}\u001b[0m" : text;
}
