using Xunit.Abstractions;

namespace LocalZure.Faults.Support;

/// <summary>Prints what was counted: in the test's own output and, where <c>LOCALZURE_FAULTS_REPORT</c> names a file, at its end.</summary>
internal sealed class Report
{
    private static readonly object Lock = new();

    private readonly ITestOutputHelper _output;

    public Report(ITestOutputHelper output) => _output = output;

    public void Write(string line)
    {
        _output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("LOCALZURE_FAULTS_REPORT") is { Length: > 0 } file)
        {
            lock (Lock)
            {
                File.AppendAllText(file, line + Environment.NewLine);
            }
        }
    }
}
