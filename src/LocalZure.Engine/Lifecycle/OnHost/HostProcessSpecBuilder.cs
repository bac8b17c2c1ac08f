using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Turns a desired service into what a host process is made from. Pure.</summary>
internal static class HostProcessSpecBuilder
{
    /// <summary>The process of a service.</summary>
    /// <param name="service">The service as it should be.</param>
    /// <param name="tool">Where its program lies.</param>
    /// <param name="ports">The host ports to listen on, by port name.</param>
    /// <param name="paths">Where it keeps what is its own.</param>
    public static HostProcessSpec Build(DesiredService service, HostToolLocation tool, IReadOnlyDictionary<string, int> ports, HostPaths paths)
    {
        var host = service.Definition.Host!;
        var template = TemplateOf(service, ports, paths);
        return new HostProcessSpec
        {
            FileName = tool.FileName,
            Arguments = [.. host.Script is { } script ? [Path.Combine(tool.Root, script)] : Array.Empty<string>(), .. host.Arguments.Select(template.Fill)],
            Environment = EnvironmentOf(service, template),
            Files = FilesOf(service).ToDictionary(file => paths.File(service.Key, file.Name), file => template.Fill(file.Content), StringComparer.Ordinal),
            WorkingDirectory = host.WorkingDirectory ?? paths.Work(service.Key),
            LogDirectory = paths.Log(service.Key),
            StopSignal = service.Definition.StopSignal,
            IsNode = tool.IsNode,
        };
    }

    /// <summary>The process of an entry once more.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="isWhole">Whether these are all, those of the process that starts it included.</param>
    /// <param name="paths">Where it keeps what is its own.</param>
    public static HostProcessSpec Again(HostProcessEntry entry, IReadOnlyDictionary<string, string> environment, bool isWhole, HostPaths paths) => new()
    {
        FileName = entry.CommandLine[0],
        Arguments = [.. entry.CommandLine.Skip(1)],
        Environment = environment,
        IsWholeEnvironment = isWhole,
        WorkingDirectory = entry.WorkingDirectory ?? paths.Work(new ServiceKey(entry.Service, entry.Instance)),
        LogDirectory = entry.LogDirectory,
        StopSignal = entry.StopSignal,
        IsNode = entry.IsNode,
    };

    /// <summary>The texts of a service as its process sees them: the ports and folders of this machine.</summary>
    /// <inheritdoc cref="Build"/>
    public static Template TemplateOf(DesiredService service, IReadOnlyDictionary<string, int> ports, HostPaths paths) => new(
        service.Ports.Count > 0 ? service.Ports[0].HostAddress : HostAddress.Loopback,
        ports,
        Volumes(service, paths).ToDictionary(volume => volume.Name, volume => volume.Source, StringComparer.Ordinal),
        service.Values.Concat(FilesOf(service).Select(file => KeyValuePair.Create($"file.{file.Name}", paths.File(service.Key, file.Name)))).ToDictionary(StringComparer.Ordinal));

    private static IReadOnlyList<FileDefinition> FilesOf(DesiredService service) => service.Definition.Host!.Files ?? service.Files;

    /// <summary>The variables of a service's process, on top of those of the process that starts it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="template">Fills its texts.</param>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(DesiredService service, Template template)
    {
        var environment = service.Definition.Host!.Environment.ToDictionary(pair => pair.Key, pair => template.Fill(pair.Value), StringComparer.Ordinal);
        foreach (var (name, value) in service.Filled(template))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>The folders of a service's volumes. A bind mount on the path of a volume takes that volume's place.</summary>
    /// <exception cref="LocalZureException">HostModeUnsupported for a mount that only a container can have.</exception>
    public static IReadOnlyList<ServiceVolume> Volumes(DesiredService service, HostPaths paths)
    {
        var own = service.Definition.Volumes;
        if (service.Definition.Host is { IsCommand: true })
        {
            // A command of the user's finds its files where they are.
            return [];
        }

        var foreign = service.Mounts.FirstOrDefault(mount => own.All(volume => volume.Target != mount.Target));
        if (foreign is not null)
        {
            throw new LocalZureException(ErrorCode.HostModeUnsupported, $"{service.Key} runs as a host process, which has no path '{foreign.Target}' to mount at.")
            {
                Service = service.Key.Name,
                Instance = service.Key.Instance,
            };
        }

        return own.Select(volume => (volume, mount: service.Mounts.First(mount => mount.Target == volume.Target)))
            .Select(pair => (pair.volume.Name, Source: pair.mount.BindSource ?? paths.Data(service.Key, pair.mount.Name), pair.mount))
            .Select(row => new ServiceVolume(row.Name, row.Source, row.Source, row.mount.BindSource is null ? "directory" : "bind"))
            .ToList();
    }
}
