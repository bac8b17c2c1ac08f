using LocalZure.Engine.Support;

namespace LocalZure.Engine.Journal;

/// <summary>Makes an entry of a failure, with bounded texts from which secrets are taken out.</summary>
internal static class EntryWriter
{
    private const int LongestText = 4000;
    private const int MostLines = 50;
    private const int DeepestCause = 10;

    /// <summary>The entry.</summary>
    /// <param name="failure">What failed; one that the engine does not know becomes an InternalError.</param>
    /// <param name="operation">What was being done.</param>
    /// <param name="service">The service; null for the one that the failure names.</param>
    /// <param name="instance">Its instance; null for the unnamed one.</param>
    /// <param name="time">When it happened.</param>
    public static ErrorEntry Create(Exception failure, string operation, string? service, string? instance, DateTimeOffset time)
    {
        var known = failure as LocalZureException;
        var code = known?.Code ?? ErrorCode.InternalError;
        var description = ErrorDescriptions.For(code);
        return new ErrorEntry
        {
            Time = time,
            ErrorId = code.ToString(),
            Category = description.Category,
            Severity = description.Severity,
            Recoverable = description.Recoverable,
            Service = service ?? known?.Service,
            Instance = service is null ? known?.Instance ?? instance : instance,
            Operation = operation,
            Message = Short(known is null ? $"LocalZure failed unexpectedly: {failure.GetType().Name}: {failure.Message}" : failure.Message),
            Causes = Causes(failure).Take(DeepestCause).ToList(),
            Evidence = SecretSanitizer.SanitizeLines((known is null ? Stack(failure) : known.Evidence).Take(MostLines).ToList()).Select(Short).ToList(),
            Remedy = Short(known?.Remedy ?? description.Remedy),
            ExitCode = known?.ExitCode,
            ProcessId = Environment.ProcessId,
        };
    }

    // A cause that says the same as what it caused tells nothing.
    private static IEnumerable<string> Causes(Exception failure)
    {
        for (var (outer, cause) = (failure, failure.InnerException); cause is not null; (outer, cause) = (cause, cause.InnerException))
        {
            if (cause.Message != outer.Message)
            {
                yield return Short($"{(cause is LocalZureException known ? known.Code.ToString() : cause.GetType().Name)}: {cause.Message}");
            }
        }
    }

    // Where a defect lies; methods of the engine, no values.
    private static List<string> Stack(Exception failure) =>
        (failure.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(20).ToList();

    private static string Short(string text)
    {
        text = SecretSanitizer.Sanitize(text.Length > 4 * LongestText ? text[..(4 * LongestText)] : text);
        return text.Length <= LongestText ? text : $"{text[..LongestText]}...";
    }
}
