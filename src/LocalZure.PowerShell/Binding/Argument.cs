using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.PowerShell.Binding;

/// <summary>
/// What was given for a parameter: its value, or why it has none. PowerShell's binder would wrap the failure into an error of
/// its own, without our id and remedy, so that the cmdlet throws it when it reads the parameter.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public abstract class Argument<T>
    where T : struct
{
    private readonly T _value;
    private readonly LocalZureException? _refusal;

    /// <summary>Takes what was given.</summary>
    /// <param name="given">What the user passed, without PowerShell's wrapper.</param>
    /// <param name="parse">Reads it; throws a <see cref="LocalZureException"/> when it cannot be read.</param>
    private protected Argument(object? given, Func<object?, T> parse)
    {
        try
        {
            _value = parse(given);
        }
        catch (LocalZureException e)
        {
            _refusal = e;
        }
    }

    /// <summary>The value.</summary>
    /// <param name="parameter">The parameter's name, for the message.</param>
    /// <exception cref="LocalZureException">The value cannot be.</exception>
    public T Read(string parameter) => _refusal is null
        ? _value
        : throw Refusal.Of(parameter, _refusal);

    /// <inheritdoc/>
    public override string ToString() => _refusal?.Message ?? _value.ToString()!;
}
