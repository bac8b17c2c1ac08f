using LocalZure.Engine.Support;

namespace LocalZure.Engine.Docker.Builds;

/// <summary>Takes the values of build arguments, which may be secrets, out of what a build says.</summary>
internal sealed class ArgumentMask
{
    private readonly KnownSecrets _values;

    /// <summary>Creates one.</summary>
    /// <param name="arguments">The build arguments.</param>
    public ArgumentMask(IReadOnlyDictionary<string, string> arguments) => _values = new KnownSecrets(arguments.Values);

    /// <summary>The text without them and without what else looks like a secret.</summary>
    public string Apply(string text) => _values.Sanitize(text);
}
