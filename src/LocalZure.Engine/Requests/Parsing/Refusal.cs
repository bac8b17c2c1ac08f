namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Why a value was not taken, with where it was written.</summary>
public static class Refusal
{
    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">The parameter's name, for example <c>Timeout</c>.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="LocalZureException">It cannot be read; the message names the parameter.</exception>
    public static T Named<T>(string parameter, Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (LocalZureException e)
        {
            throw Of(parameter, e);
        }
    }

    /// <summary>The refusal of a value, with the parameter's name.</summary>
    /// <param name="parameter">The parameter's name, for example <c>Timeout</c>.</param>
    /// <param name="refusal">Why the value was not taken.</param>
    public static LocalZureException Of(string parameter, LocalZureException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new LocalZureException(refusal.Code, $"-{parameter}: {refusal.Message}", refusal.Remedy, refusal);
    }
}
