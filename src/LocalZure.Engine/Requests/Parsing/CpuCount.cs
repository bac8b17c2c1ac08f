using System.Globalization;

namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Limits of CPUs, for example <c>0.5</c>.</summary>
public static class CpuCount
{
    private const double Least = 0.01;
    private const double Most = 1024;

    /// <summary>The number, when it can be a limit.</summary>
    /// <param name="cpus">The number.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static double Check(double cpus) => cpus is >= Least and <= Most ? cpus : throw Invalid(FormattableString.Invariant($"{cpus}"));

    /// <summary>Reads a number of CPUs.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static double Parse(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus) ? Check(cpus) : throw Invalid($"'{text}'");

    private static LocalZureException Invalid(string given) => new(
        ErrorCode.ParameterInvalid,
        FormattableString.Invariant($"{given} is not a number from {Least} to {Most}."),
        $"Use as many CPUs as the Docker engine has, or fewer; this machine has {System.Environment.ProcessorCount}.");
}
