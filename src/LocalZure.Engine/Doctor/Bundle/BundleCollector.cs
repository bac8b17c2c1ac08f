using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LocalZure.Engine.Commands;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Journal;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Logs;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor.Bundle;

/// <summary>Gathers what helps somebody else to understand a problem. What is not ours is not looked at.</summary>
internal sealed class BundleCollector
{
    private const int LogTail = 200;

    private readonly EngineOptions _options;
    private readonly ServiceReader _reader;
    private readonly LogReader _logs;
    private readonly ErrorJournal _journal;
    private readonly BundleContent _content = new();
    private readonly HashSet<string> _withUnknownSecrets = new(StringComparer.Ordinal);

    /// <summary>Creates one.</summary>
    public BundleCollector(EngineOptions options, ServiceReader reader, LogReader logs, ErrorJournal journal)
    {
        _options = options;
        _reader = reader;
        _logs = logs;
        _journal = journal;
    }

    /// <summary>Gathers everything; what cannot be had is said in its place.</summary>
    public async Task<BundleContent> CollectAsync(ReportRequest request, CancellationToken cancellationToken)
    {
        _content.Add("checks.txt", request.Checks.SelectMany(Lines));
        await _content.AddAsync("configuration.txt", () => ConfigurationAsync(request.Prerequisites.Configuration, cancellationToken)).ConfigureAwait(false);
        await _content.AddAsync("errors.txt", () => JournalAsync(cancellationToken)).ConfigureAwait(false);
        var (services, observation) = await _reader.FindAsync(new ServiceQuery { IncludeStopped = true }, NoListener.Instance, cancellationToken).ConfigureAwait(false);
        var info = observation.Runtime?.Info;
        _content.Add("versions.txt",
        [
            $"LocalZure {ModuleVersion.Text}",
            $"PowerShell {request.Prerequisites.PowerShellVersion?.ToString() ?? "(not called from PowerShell)"}",
            RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
            info is null ? $"no container engine: {observation.DockerFailure?.Message}" : $"{info.EngineName} {info.EngineVersion}, API {info.ApiVersion}, {info.Endpoint}",
        ]);
        _content.Add("services.txt", services.Select(service => Line(service)).Concat(observation.State.Unreadable.Select(file => file.Message)));
        await ContainersAsync(observation, cancellationToken).ConfigureAwait(false);
        await HostProcessesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var service in services)
        {
            Note(service);
            await _content.AddAsync($"logs/{service.ContainerName}.log", () => LogAsync(service, cancellationToken)).ConfigureAwait(false);
        }

        // Their secrets were taken out when they were kept.
        foreach (var kept in new FailedLogs(_options.Home).ReadAll())
        {
            await _content.AddAsync($"logs/failed/{kept.Key.ContainerName}.log", () => File.ReadAllTextAsync(kept.Path, cancellationToken)).ConfigureAwait(false);
        }

        return _content;
    }

    private static IEnumerable<string> Lines(CheckResult check) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{check.Status,-7} {check.Name}: {check.Message} ({check.Elapsed.TotalMilliseconds:0} ms)"),
        .. check.Details.Select(detail => $"          {detail}"),
        .. check.Fix is null ? Enumerable.Empty<string>() : [$"        Fix: {check.Fix}"],
    ];

    private static string Line(Service service) =>
        $"{service.ContainerName}: {service.Mode}, {service.State}, {service.Image}, ports {string.Join(", ", service.Ports.Select(port => $"{port.Name} {port.HostAddress}:{port.HostPort}->{port.ContainerPort}"))}, lifetime {service.Lifetime}, exit code {service.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "-"}, last error: {service.LastError ?? "-"}";

    // A connection string is how its password becomes known that a log may quote.
    private void Note(Service service)
    {
        foreach (var (name, value) in service.ConnectionStrings)
        {
            foreach (var part in SecretParts.Of(name, value))
            {
                _content.Hide(part);
            }
        }
    }

    private async Task<string> ConfigurationAsync(ConfigurationRequest? request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            return "No configuration was asked for.\n";
        }

        var settings = await new ConfigurationCommand(_options).GetAsync(request, cancellationToken).ConfigureAwait(false);
        return string.Concat(settings.Select(setting => $"{Shown(setting)}    # {setting.Origin}\n"));
    }

    private string Shown(global::LocalZure.Configuration setting)
    {
        var name = setting.Key[(setting.Key.LastIndexOf('.') + 1)..];
        var isVariable = setting.Key.Contains(".environment.", StringComparison.Ordinal) || setting.Key.Contains(".args.", StringComparison.Ordinal);
        return setting.Value is string value && (isVariable || SecretNames.IsSecret(name)) ? $"{setting.Key} = {EnvironmentMask.Show(name, value, _content)}" : setting.ToString();
    }

    private async Task<string> JournalAsync(CancellationToken cancellationToken)
    {
        var content = await _journal.ReadAsync(cancellationToken).ConfigureAwait(false);
        var lines = content.Entries.SelectMany(entry => (IEnumerable<string>)
        [
            string.Create(CultureInfo.InvariantCulture, $"{entry.Time:o} {entry.Severity} {entry.Category} {entry.Operation} {entry}"),
            .. entry.Causes.Select(cause => $"    because {cause}"),
            .. entry.Evidence.Select(line => $"    | {line}"),
        ]);
        return string.Concat(lines.Append($"({content.Damaged} damaged lines)").Select(line => $"{line}\n"));
    }

    private async Task ContainersAsync(Observation observation, CancellationToken cancellationToken)
    {
        if (observation.Runtime is not { } runtime)
        {
            return;
        }

        foreach (var container in observation.State.Containers)
        {
            await _content.AddAsync(
                $"containers/{container.Name}.json",
                async () => await runtime.InspectContainerAsync(container.Id, cancellationToken).ConfigureAwait(false) is { } details ? ContainerText.Write(details, _content) : "It is gone.\n").ConfigureAwait(false);
        }

        await _content.AddAsync("networks.txt", async () => string.Concat((await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false)).Select(network => $"{network.Name} {Text(network.Labels)}\n"))).ConfigureAwait(false);
        await _content.AddAsync("volumes.txt", async () => string.Concat((await runtime.ListVolumesAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false)).Select(volume => $"{volume.Name} {Text(volume.Labels)}\n"))).ConfigureAwait(false);
    }

    private static string Text(IReadOnlyDictionary<string, string> labels) => string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}"));

    private async Task HostProcessesAsync(CancellationToken cancellationToken)
    {
        var processes = await new HostProcessRegistry(_options.Home, _options.Time).ReadAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var process in processes.Values)
        {
            _content.Add($"hosts/{process.ContainerName}.json", JsonSerializer.Serialize(process, HostProcessJsonContext.Default.HostProcessEntry));

            NoteSecrets(process);
        }
    }

    // What it was given is written down nowhere, but told by Linux as long as it runs. Of what a definition of ours gives the connection
    // strings tell the secrets; what a call or a file has given to a process that has ended nobody knows any more.
    private void NoteSecrets(HostProcessEntry entry)
    {
        var environment = entry.Process is { } process && ProcessTable.IsRunning(process) ? ProcEnvironment.Read(process.Pid) : null;
        if (environment is null && (entry.ConfigHash != entry.DefinitionHash || entry.Definition is not null))
        {
            _withUnknownSecrets.Add(entry.ContainerName);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            if (SecretNames.MayHold(name) || !string.Equals(Environment.GetEnvironmentVariable(name), value, StringComparison.Ordinal))
            {
                EnvironmentMask.Show(name, value, _content);
            }
        }
    }

    private async Task<string> LogAsync(Service service, CancellationToken cancellationToken)
    {
        if (_withUnknownSecrets.Contains(service.ContainerName))
        {
            return "Left out: its output may quote what it was given, and what that was is not known any more. The journal (errors.txt) has its last lines.\n";
        }

        var query = new ServiceQuery { Names = [service.Name], Instance = service.Instance ?? "", IncludeStopped = true };
        var entries = new List<LogEntry>();
        await foreach (var entry in _logs.ReadAsync(new LogRequest { Services = query, Tail = LogTail }, NoListener.Instance, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(entry);
        }

        // A key of several lines is known by its lines as they are, without the time in front of them.
        var clean = SecretSanitizer.SanitizeLines(entries.ConvertAll(entry => entry.Message));
        return string.Concat(entries.Zip(clean, (entry, message) => string.Create(CultureInfo.InvariantCulture, $"{entry.Timestamp:o} {entry.Stream} {message}\n")));
    }
}
