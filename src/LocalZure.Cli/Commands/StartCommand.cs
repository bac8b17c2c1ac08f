using System.CommandLine;
using LocalZure.Cli.CommandLine;
using LocalZure.Cli.Output;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Requests.Parsing;
using LocalZure.Engine.Support;

namespace LocalZure.Cli.Commands;

/// <summary><c>start</c>: starts services and returns when they are usable.</summary>
internal sealed class StartCommand
{
    private readonly ServiceChoice _services = new("The services; none for all that the configuration enables", "The instance to start them in");
    private readonly Option<string> _mode = CommonOptions.Text("--mode", "How to run them: auto, docker, host", "mode");
    private readonly Option<string[]> _port = CommonOptions.Texts("--port", "A host port: 10000, blob=10000, 30000-30100 or auto", "port", "-p");
    private readonly Option<string[]> _environment = CommonOptions.Texts("--environment", "An environment variable", "name=value", "-e");
    private readonly Option<string[]> _volume = CommonOptions.Texts("--volume", "A mount: a folder or the name of a volume, and the path inside", "source=path", "-v");
    private readonly Option<string> _image = CommonOptions.Text("--image", "Another image", "image");
    private readonly Option<string> _memory = CommonOptions.Text("--memory", "Memory limit, for example 512m", "size");
    private readonly Option<string> _cpus = CommonOptions.Text("--cpus", "CPU limit, for example 0.5", "number");
    private readonly Option<string> _lifetime = CommonOptions.Text("--lifetime", "persistent; session is for shells of PowerShell, this command ends at once", "lifetime");
    private readonly Option<string> _timeToLive = CommonOptions.Text("--time-to-live", "How long they may live, for example 1h", "duration", "--ttl");
    private readonly Option<string> _timeout = CommonOptions.Timeout("How long each may take to become usable, for example 2m");
    private readonly Option<bool> _noWait = CommonOptions.Switch("--no-wait", "Return as soon as they were started");
    private readonly Option<bool> _noDependency = CommonOptions.Switch("--no-dependency", "Start only what is named, not what it needs");
    private readonly Option<bool> _recreate = CommonOptions.Switch("--recreate", "Make them anew even when they run unchanged; data volumes stay");
    private readonly Option<bool> _keepOnFailure = CommonOptions.Switch("--keep-on-failure", "Leave what a failed start created for a closer look");
    private readonly Option<string> _configPath = CommonOptions.ConfigPath();
    private readonly Option<string> _profile = CommonOptions.Profile();
    private readonly Option<bool> _acceptEula = CommonOptions.Switch("--accept-eula", "Accept the licences that services ask for");
    private readonly Option<bool> _connectionString = CommonOptions.Switch("--connection-string", "Write the connection strings below the table, each on a line of its own");
    private readonly Option<string> _output = CommonOptions.Output();

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("start", "Start services and return when they are usable")
        {
            _services.Names, _services.Instance, _mode, _port, _environment, _volume, _image, _memory, _cpus, _lifetime, _timeToLive, _timeout,
            _noWait, _noDependency, _recreate, _keepOnFailure, _configPath, _profile, _acceptEula, _connectionString, _output,
        };
        command.SetAction((parse, token) => CallRunner.RunAsync(parse, () => Views.Of(parse, _output, _services.IsOne(parse)), call => RunAsync(parse, call), token));
        return command;
    }

    private async Task RunAsync(ParseResult parse, Call call)
    {
        var outcomes = await call.Engine.StartAsync(RequestOf(parse), call.Events, call.CancellationToken).ConfigureAwait(false);
        if (StartOutcomes.CommonFailure(outcomes) is { } failure)
        {
            throw failure;
        }

        call.Write(outcomes);
        if (parse.GetValue(_connectionString) && parse.Choice<OutputFormat>(_output) is null or OutputFormat.Table)
        {
            call.WriteBelow(outcomes.Select(outcome => outcome.Service?.ConnectionString).OfType<string>());
        }
    }

    private StartRequest RequestOf(ParseResult parse) => new()
    {
        Names = _services.NamesIn(parse),
        Instance = _services.NamedInstance(parse),
        Configuration = CurrentFolder.Configuration(parse.GetValue(_configPath)) with { Profile = parse.GetValue(_profile) },
        Mode = parse.Choice<ServiceMode>(_mode),
        Ports = PortTable.Read(parse.Rows(_port, bare: PortTable.OnlyPort)),
        Environment = parse.Rows(_environment).GroupBy(row => row.Key, StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => rows.Last().Value, StringComparer.Ordinal),
        Volumes = VolumeTable.Read(parse.Rows(_volume, last: true), Path.GetFullPath),
        Image = parse.GetValue(_image),
        MemoryBytes = parse.Read(_memory, ByteSize.Parse),
        Cpus = parse.Read(_cpus, CpuCount.Parse),
        Lifetime = parse.Choice<ServiceLifetime>(_lifetime),
        TimeToLive = parse.Read(_timeToLive, Duration.Parse),
        Timeout = parse.Read(_timeout, Duration.Parse),
        NoWait = parse.GetValue(_noWait),
        NoDependency = parse.GetValue(_noDependency),
        Recreate = parse.GetValue(_recreate),
        KeepOnFailure = parse.GetValue(_keepOnFailure),
        AcceptEula = parse.GetValue(_acceptEula),
    };
}
