using LocalZure.Engine.Catalog;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Does what a service needs once before its first start as a host process. The caller holds the name's lock.</summary>
internal sealed class HostPreparer
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly HostServices _host;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="events">Told what happens.</param>
    public HostPreparer(HostServices host, IProgress<LifecycleEvent> events)
    {
        _host = host;
        _events = events;
    }

    /// <summary>Refuses a service whose program does not run for root, or an administrator.</summary>
    /// <exception cref="LocalZureException">HostModeUnsupported.</exception>
    public static void CheckUser(DesiredService desired, bool isPrivileged)
    {
        if (isPrivileged && desired.Definition.Host is { AllowsRoot: false } host)
        {
            throw new LocalZureException(
                ErrorCode.HostModeUnsupported,
                $"{desired.Key} cannot run as a host process of root or an administrator: '{host.Tool}' refuses to.",
                "Start it as an ordinary user, or start Docker and use -Mode Docker.")
            { Service = desired.Key.Name, Instance = desired.Key.Instance };
        }
    }

    /// <summary>Makes the service's data when there is none.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="tool">Where its program lies.</param>
    /// <param name="ports">Its ports by name.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="LocalZureException">ContainerExited when the command fails, StartTimeout when it takes too long, HostToolMissing when it is not there.</exception>
    public async Task RunAsync(DesiredService desired, HostToolLocation tool, IReadOnlyDictionary<string, int> ports, CancellationToken cancellationToken)
    {
        if (desired.Definition.Host!.Preparation is not { } preparation)
        {
            return;
        }

        var folder = HostProcessSpecBuilder.Volumes(desired, _host.Paths).Single(volume => volume.Name == preparation.Volume).Source;
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return;
        }

        _events.Report(new StepProgressed(desired.Key.ContainerName, "Starting", $"{preparation.Program} makes the data"));
        var secret = preparation.Secret is null ? null : _host.Paths.File(desired.Key, $"{Guid.NewGuid():N}.secret");
        try
        {
            await RunAsync(desired, preparation, Path.Combine(tool.Root, preparation.Program), ports, secret, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(folder, e);
        }
        finally
        {
            if (secret is not null)
            {
                JsonFolder.Delete(secret);
            }
        }
    }

    private async Task RunAsync(DesiredService desired, HostPreparation preparation, string program, IReadOnlyDictionary<string, int> ports, string? secret, CancellationToken cancellationToken)
    {
        if (secret is not null)
        {
            // A template of its own: it is not one of the service's files.
            desired = desired with { Values = new Dictionary<string, string>(desired.Values) { ["file.secret"] = secret } };
        }

        var template = HostProcessSpecBuilder.TemplateOf(desired, ports, _host.Paths);
        Directory.CreateDirectory(_host.Paths.Work(desired.Key));
        if (secret is not null)
        {
            await WriteAsync(secret, template.Fill(preparation.Secret!), cancellationToken).ConfigureAwait(false);
        }

        using var limit = new CancellationTokenSource(Limit, _host.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var command = preparation.Arguments.Select(template.Fill).Prepend(program).ToList();
            var result = await CommandRunner.RunAsync(command, new Dictionary<string, string>(), _host.Paths.Work(desired.Key), line: null, linked.Token).ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                throw StartFailures.NotPrepared(desired, preparation.Program, result);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalZureException(ErrorCode.StartTimeout, $"'{preparation.Program}' did not make the data of {desired.Key} within {Limit.TotalSeconds} s.") { Service = desired.Key.Name, Instance = desired.Key.Instance };
        }
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var file = new StreamWriter(path, PrivateFile.Options());
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }
}
