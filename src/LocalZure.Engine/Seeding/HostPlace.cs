using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>A service that is a process of this machine. That its hooks have run is remembered by a small file beside its data, which goes with the data.</summary>
internal sealed class HostPlace : ISeedPlace
{
    private readonly HostServices _host;
    private readonly DesiredService _desired;
    private readonly Service _service;
    private readonly HostToolLocation _tool;
    private readonly EnvironmentSnapshot _environment;
    private readonly Template _template;

    /// <summary>Creates one.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="desired">The service as it should be, with its secrets.</param>
    /// <param name="service">The service as it runs.</param>
    /// <param name="tool">Where its program lies; its client is looked for beside it first.</param>
    /// <param name="environment">Where PATH is read.</param>
    public HostPlace(HostServices host, DesiredService desired, Service service, HostToolLocation tool, EnvironmentSnapshot environment)
    {
        _host = host;
        _desired = desired;
        _service = service;
        _tool = tool;
        _environment = environment;
        var address = HostAddress.ToConnectTo(service.Ports.Count > 0 ? service.Ports[0].HostAddress : "");
        _template = new Template(address, service.Ports.ToDictionary(port => port.Name, port => port.HostPort, StringComparer.Ordinal), new Dictionary<string, string>(), desired.Values);
    }

    // Without data it goes with the folder that the process runs in.
    private string MarkerFile => HasData ? _host.Paths.SeedFile(_desired.Key) : Path.Combine(_host.Paths.Work(_desired.Key), Path.GetFileName(_host.Paths.SeedFile(_desired.Key)));

    private bool HasData => _service.Volumes.Count > 0;

    /// <inheritdoc/>
    public async Task<SeedMemory> ReadAsync(CancellationToken cancellationToken)
    {
        // One that cannot be read is none: the hooks run again.
        var (marker, _) = await JsonFile.TryReadAsync(MarkerFile, SeedJsonContext.Default.SeedMarker, value => value is { Subject: not null, Hash: not null }, cancellationToken).ConfigureAwait(false);
        var subject = HasData
            ? string.Join('\n', _service.Volumes.Select(volume => $"folder {volume.Source}").Order(StringComparer.Ordinal))
            : $"process {_service.ProcessId} {_service.StartedAt:O}";
        return new SeedMemory(subject, marker);
    }

    /// <inheritdoc/>
    public Task RememberAsync(SeedMarker marker, CancellationToken cancellationToken) =>
        JsonFile.WriteAsync(MarkerFile, marker, SeedJsonContext.Default.SeedMarker, cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(CancellationToken cancellationToken)
    {
        JsonFolder.Delete(MarkerFile);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CommandResult> RunSqlAsync(SqlInit client, string name, ReadOnlyMemory<byte> sql, string? database, CancellationToken cancellationToken)
    {
        var program = FindProgram(client.HostProgram ?? client.Program[0]);
        var folder = _host.Paths.Work(_desired.Key);
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}-{name}");
        try
        {
            Directory.CreateDirectory(folder);
            var stream = new FileStream(file, PrivateFile.Options());
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(sql, cancellationToken).ConfigureAwait(false);
            }

            return await CommandRunner.RunAsync(SqlCommand.Of(client, [program], _template, file, database), SqlCommand.EnvironmentOf(client, _template), folder, line: null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(file, e);
        }
        finally
        {
            JsonFolder.Delete(file);
        }
    }

    /// <inheritdoc/>
    public Task<CommandResult> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        InitCheck.CheckHostMode(_desired.Key.Name, _desired.Key.Instance, _desired.Init);
        throw new InvalidOperationException("A host process has no commands of a container.");
    }

    private string FindProgram(string name)
    {
        var beside = Path.Combine(_tool.Root, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return ProgramPath.IsProgram(beside) ? beside : ProgramPath.Find(_environment, name) ?? throw new LocalZureException(
            ErrorCode.HostToolMissing,
            $"The program '{name}', which runs the SQL of {_desired.Key}, is neither beside '{_tool.FileName}' nor on PATH.")
        { Service = _desired.Key.Name, Instance = _desired.Key.Instance };
    }
}
