namespace LocalZure;

/// <summary>A setting as it is in effect.</summary>
/// <param name="Key">The key's path, for example <c>services.blob.port</c>.</param>
/// <param name="Value">Its value: a text, number, boolean, span of time, or a list of texts.</param>
/// <param name="Origin">Where it comes from, for example <c>/src/shop/localzure.yml:7</c>, <c>environment variable LOCALZURE_MODE</c> or <c>default</c>.</param>
public sealed record Configuration(string Key, object Value, string Origin)
{
    /// <summary>For example <c>services.blob.port = 10000</c>.</summary>
    public override string ToString() =>
        $"{Key} = {(Value is IEnumerable<string> list ? string.Join(", ", list) : Convert.ToString(Value, System.Globalization.CultureInfo.InvariantCulture))}";
}
