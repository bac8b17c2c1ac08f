using System.CommandLine;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.Cli.CommandLine;

/// <summary>The names and the instance on a command line, which say what services are meant.</summary>
internal sealed class ServiceChoice
{
    /// <summary>Creates one.</summary>
    /// <param name="names">What the names are.</param>
    /// <param name="instance">What the instance is.</param>
    public ServiceChoice(string names, string instance)
    {
        Names = CommonOptions.Words<string[]>("name", names, ArgumentArity.ZeroOrMore);
        Instance = CommonOptions.Text("--instance", instance, "name", "-i");
    }

    /// <summary>The services' names.</summary>
    public Argument<string[]> Names { get; }

    /// <summary>The instance.</summary>
    public Option<string> Instance { get; }

    /// <summary>The names that were given; <c>blob,queue</c> are two.</summary>
    public IReadOnlyList<string> NamesIn(ParseResult parse) =>
        (parse.GetValue(Names) ?? []).SelectMany(name => name.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();

    /// <summary>Whether exactly one service is meant by its exact name.</summary>
    public bool IsOne(ParseResult parse) => NamesIn(parse) is [var name] && !Instances.IsPattern(name) && !Instances.IsPattern(parse.GetValue(Instance) ?? "");

    /// <summary>The instance that was named, empty for the unnamed one; null when none was.</summary>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public string? NamedInstance(ParseResult parse)
    {
        var instance = parse.GetValue(Instance);
        if (instance is not null)
        {
            Instances.CheckNamed(instance);
        }

        return instance;
    }

    /// <summary>The services of one instance: the one that was named, else that of <c>LOCALZURE_INSTANCE</c>, else the unnamed one.</summary>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public ServiceQuery OfOneInstance(ParseResult parse, bool includeStopped) =>
        Query(parse, NamedInstance(parse) ?? Instances.OfEnvironment(EnvironmentSnapshot.Capture()), includeStopped);

    /// <summary>The services of all instances, or of the one that was named.</summary>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public ServiceQuery OfAllInstances(ParseResult parse, bool includeStopped) => Query(parse, NamedInstance(parse), includeStopped);

    /// <summary>Nothing says what services a command that changes them is for.</summary>
    /// <param name="command">The command.</param>
    public static LocalZureException NothingNamed(string command) =>
        new(ErrorCode.ParameterInvalid, $"No service is named to {command}.", $"Name those that are meant, for example 'localzure {command} blob'; Get-LzService shows what runs.");

    private ServiceQuery Query(ParseResult parse, string? instance, bool includeStopped)
    {
        var selection = new ServiceSelection();
        selection.Add(NamesIn(parse), instance);
        return selection.ToQueries(includeStopped).Single();
    }
}
