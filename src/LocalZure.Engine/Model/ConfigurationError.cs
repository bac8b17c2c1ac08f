namespace LocalZure;

/// <summary>Something that is wrong with a configuration.</summary>
/// <param name="Path">The file's full path; the name of the variable or parameter for a value from there.</param>
/// <param name="Line">The line, from 1; 0 outside of files.</param>
/// <param name="Column">The column, from 1; 0 outside of files.</param>
/// <param name="Key">The key's path, for example <c>services.blob.port</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Suggestion">What to do about it; empty when the message says it.</param>
/// <param name="Code">What kind of error it is: <see cref="ErrorCode.ConfigInvalid"/>, <see cref="ErrorCode.ReferenceUnresolved"/> or <see cref="ErrorCode.DependencyCycle"/>.</param>
public sealed record ConfigurationError(string Path, int Line, int Column, string Key, string Message, string Suggestion, ErrorCode Code)
{
    /// <summary>For example <c>/src/shop/localzure.yml:7:5: services.blob.prot: 'prot' is not a key of a service.</c></summary>
    public override string ToString()
    {
        var place = Line == 0 ? Path : $"{Path}:{Line}:{Column}";
        return Key.Length == 0 ? $"{place}: {Message}" : $"{place}: {Key}: {Message}";
    }
}
