using LocalZure.Integration.Tests.Support;

namespace LocalZure.Faults.Support;

/// <summary>
/// Things of other people that look like ours: a container and a volume with the names of a service of the lab's
/// instance and a network with the name of another instance, all without our label; the container runs.
/// </summary>
internal sealed class Bystanders
{
    private readonly string _container;
    private readonly string _network;
    private readonly string _volume;
    private string _before = "";

    private Bystanders(Lab lab)
    {
        _container = lab.NameOf("queue");
        _network = $"localzure-{lab.Instance}x";
        _volume = $"{lab.NameOf("queue")}-data";
    }

    /// <summary>Makes them. They go with the lab.</summary>
    public static async Task<Bystanders> AddAsync(Lab lab)
    {
        var all = new Bystanders(lab);
        await Command.DockerAsync("network", "create", "--label", lab.ForeignLabel, all._network);
        await Command.DockerAsync("volume", "create", "--label", lab.ForeignLabel, all._volume);
        await Command.DockerAsync(
            "run", "--detach", "--label", lab.ForeignLabel, "--label", "localzure.service=queue", "--label", $"localzure.instance={lab.Instance}x",
            "--name", all._container, "--network", all._network, "--volume", $"{all._volume}:/data", Requirements.BusyboxImage, "idle");
        all._before = await all.LookAsync();
        return all;
    }

    /// <summary>Fails unless they are as they were.</summary>
    public async Task CheckAsync() => Assert.Equal(_before, await LookAsync());

    private async Task<string> LookAsync() => string.Join('\n',
        await Command.DockerAsync("inspect", "--format", "{{.Id}} {{.State.Running}} {{.State.StartedAt}}", _container),
        await Command.DockerAsync("network", "inspect", "--format", "{{.Id}} {{range .Containers}}{{.Name}}{{end}}", _network),
        await Command.DockerAsync("volume", "inspect", "--format", "{{.Name}} {{.CreatedAt}}", _volume));
}
