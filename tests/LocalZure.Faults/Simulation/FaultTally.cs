using System.Globalization;

namespace LocalZure.Faults.Simulation;

/// <summary>Counts how calls with a fault in them have ended.</summary>
internal sealed class FaultTally
{
    private readonly object _lock = new();
    private readonly List<(Fault Fault, bool Hit, CallResult Result)> _results = [];

    public void Note(Fault fault, FaultyDaemon daemon, CallResult result)
    {
        lock (_lock)
        {
            _results.Add((fault, daemon.Hit is not null, result));
        }
    }

    /// <summary>The counts in words, one line per fault.</summary>
    public IEnumerable<string> Lines(string what, int wrong)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{what}: {_results.Count} cases, {wrong} wrong");
        foreach (var row in Fault.All)
        {
            var results = _results.Where(result => result.Fault == row).ToList();
            var whole = results.Count(result => !result.Result.Errors.Any());
            var errors = results.SelectMany(result => result.Result.Errors).GroupBy(error => error.Code).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}");
            var longest = results.Select(result => result.Result.Elapsed.TotalMilliseconds).DefaultIfEmpty().Max();
            yield return string.Create(CultureInfo.InvariantCulture, $"  {row,-22} {results.Count,3} cases, {results.Count(result => result.Hit),3} met, {whole,3} succeeded, longest {longest,5:0} ms; errors: {string.Join(", ", errors)}");
        }
    }
}
