using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>What several tables have in common.</summary>
internal static class CommonSchemas
{
    /// <summary>Texts.</summary>
    public static readonly ListSchema<string> Texts = new("texts", Scalars.Text);

    /// <summary>A command and its arguments.</summary>
    public static readonly ListSchema<string> Command = new("texts", Scalars.Text, ifEmpty: "A command needs a program at least; leave the key out for the usual one.");

    /// <summary>Names of things inside a service, such as queues and databases.</summary>
    public static readonly ListSchema<string> Names = new("names", Scalars.Text, takesOne: true);

    /// <summary>Files of this machine.</summary>
    public static readonly ListSchema<string> Paths = new("paths", Scalars.Path, takesOne: true);

    /// <summary>Commands: each a list, or a text that the shell takes apart.</summary>
    public static readonly ListSchema<IReadOnlyList<string>> Commands = new(
        "commands", new FormSchema<IReadOnlyList<string>>("command", text: new ConvertSchema<string, IReadOnlyList<string>>(Scalars.Text, text => [text]), list: Texts));

    /// <summary>Environment variables.</summary>
    public static readonly FormSchema<IReadOnlyDictionary<string, string>> Environment = new(
        "table of environment variables",
        list: new ConvertSchema<IReadOnlyList<string>, IReadOnlyDictionary<string, string>>(new ListSchema<string>("assignments such as NAME=value", Scalars.Text), Assignments),
        table: new MapSchema<string>("table of environment variables", Scalars.Text, CheckVariable));

    /// <summary>Time-outs.</summary>
    public static readonly ObjectSchema<TimeoutSettings> Timeouts = new("table of time-outs", new TimeoutSettings(), [
        SchemaKey<TimeoutSettings>.Of("connect", Scalars.Timeout, (to, time) => to with { Connect = time }, "How long connecting to the container engine may take, all its endpoints together.", value: "30s"),
        SchemaKey<TimeoutSettings>.Of("pull", Scalars.Timeout, (to, time) => to with { Pull = time }, "How long the pull of an image may take.", value: "10m"),
        SchemaKey<TimeoutSettings>.Of("build", Scalars.Timeout, (to, time) => to with { Build = time }, "How long the build of an image may take.", value: "10m"),
        SchemaKey<TimeoutSettings>.Of("start", Scalars.Timeout, (to, time) => to with { Start = time }, "How long a service may take to become usable.", "the service's own"),
        SchemaKey<TimeoutSettings>.Of("stop", Scalars.Time, (to, time) => to with { Stop = time }, "How long a service may take to end before it is killed.", "the service's own, mostly 10s"),
    ]);

    /// <summary>Limits.</summary>
    public static readonly ObjectSchema<ResourceSettings> Resources = new("table of limits", new ResourceSettings(), Limits<ResourceSettings>((to, change) => change(to)));

    /// <summary>What containers may do.</summary>
    public static readonly ObjectSchema<SecuritySettings> Security = new("table of security settings", new SecuritySettings(), [
        SchemaKey<SecuritySettings>.Of("no_new_privileges", Scalars.Boolean, (to, yes) => to with { NoNewPrivileges = yes }, "Whether the processes of a container are kept from gaining privileges.", value: "true"),
        SchemaKey<SecuritySettings>.Of("read_only", Scalars.Boolean, (to, yes) => to with { ReadOnly = yes }, "Whether the file system of a container cannot be written, volumes aside.", value: "false"),
        SchemaKey<SecuritySettings>.Of("cap_drop", Texts, (to, names) => to with { CapDrop = names }, "Linux capabilities that are taken away, for example [NET_RAW] or [ALL].", "none"),
    ]);

    /// <summary>The keys of limits, for a table that holds limits.</summary>
    /// <param name="change">Changes the limits that the table holds.</param>
    public static SchemaKey<T>[] Limits<T>(Func<T, Func<ResourceSettings, ResourceSettings>, T> change) =>
    [
        SchemaKey<T>.Of("memory", Scalars.Size, (to, bytes) => change(to, limits => limits with { MemoryBytes = bytes }), "Limit of memory, for example 512m or 1.5g.", "none"),
        SchemaKey<T>.Of("cpus", Scalars.Cpus, (to, cpus) => change(to, limits => limits with { Cpus = cpus }), "Limit of CPUs, for example 0.5.", "none"),
        SchemaKey<T>.Of("pids", Scalars.Count, (to, pids) => change(to, limits => limits with { Pids = pids }), "Limit of processes and threads.", "none"),
    ];

    // ["A=1", "B=x=y"]
    private static Dictionary<string, string> Assignments(IReadOnlyList<string> items)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var sign = item.IndexOf('=', StringComparison.Ordinal);
            var name = sign < 0 ? item : item[..sign];
            CheckVariable(name);
            variables[name] = sign < 0
                ? throw new LocalZureException(ErrorCode.ConfigInvalid, $"The environment variable '{name}' has no value.", "Write NAME=value.")
                : item[(sign + 1)..];
        }

        return variables;
    }

    private static void CheckVariable(string name)
    {
        if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Any(char.IsControl))
        {
            throw new LocalZureException(ErrorCode.ConfigInvalid, $"'{name}' is not a name of an environment variable.", "Write it without '='.");
        }
    }
}
