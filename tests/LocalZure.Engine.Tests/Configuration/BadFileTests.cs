using System.Text;
using LocalZure.Engine.Configuration;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Configuration;

public sealed class BadFileTests
{
    /// <summary>A text, then each error as <c>line:column key | message | suggestion</c>; the last two may end in <c>...</c>.</summary>
    public static TheoryData<string, string[]> Files => new()
    {
        { "servces: [blob]", ["1:1 servces | 'servces' is not a key of a configuration file. | Did you mean 'services'?"] },
        { "services:\n  blob:\n    prot: 1\n", ["3:5 services.blob.prot | 'prot' is not a key of a service. | Did you mean 'port'?"] },
        { "services:\n  blob: { port: 99999 }\n", ["2:17 services.blob.port | '99999' is not a port. | Use a port from 1 to 65535..."] },
        { "services:\n  blob: { network: none }\n", ["2:20 services.blob.network | The ports of 'blob' (blob) cannot be published with this network. | Use bridge; host and none are for services without ports."] },
        { "services:\n  blob: { port: 4000-3000 }\n", ["2:17 services.blob.port | '4000-3000' is not a port. | Use..."] },
        { "services:\n  blob: { port: [1] }\n", ["2:17 services.blob.port | This must be a port, not a list. | "] },
        { "services:\n  blub:\n", ["2:3 services.blub | 'blub' is not a service of the catalog and has neither image, build nor host.command. | Did you mean 'blob'?"] },
        { "services: [blob, queue, blob]", ["1:25 services.blob | 'blob' is there already, on line 1. | Remove one of the two."] },
        { "services: [blob, {a: b}]", ["1:18 services[1] | This must be a name, not a table. | "] },
        { "services: blob", ["1:11 services | This must be a table or list of services, not 'blob'. | "] },
        { "services:\n  blob: maybe\n", ["2:9 services.blob.enabled | 'maybe' is not yes or no. | Write true or false..."] },
        { "services:\n  Blob: { image: a }\n", ["2:3 services.Blob | 'Blob' is not a valid service name. | Use lower-case letters..."] },
        { "services:\n  blob: {}\n  blob: {}\n", ["3:3 services.blob | 'blob' is there already, on line 2. | Remove one of the two."] },
        { "project: Shop\nversion: one\n", ["1:10 project | 'Shop' is not a valid project name. | Use...", "2:10 version | 'one' is not a version. | Write it as numbers..."] },
        { "defaults:\n  profile: tset\n", ["2:12 defaults.profile | 'tset' is not one of dev, test. | Did you mean 'test'?"] },
        { "defaults: { timeouts: { start: soon } }", ["1:32 defaults.timeouts.start | 'soon' is not a duration. | Write it as a number with a unit..."] },
        { "defaults: { resources: { memory: big, cpus: 0, pids: -1 } }", ["1:34 defaults.resources.memory | 'big' is not a size. | ...", "1:45 defaults.resources.cpus | '0' is not a number of CPUs. | ...", "1:54 defaults.resources.pids | '-1' is not a whole number above 0. | ..."] },
        { "defaults: { timeouts: { pull: 0, connect: 60d, stop: 0 } }", ["1:31 defaults.timeouts.pull | '0' is not a time-out. | ...", "1:43 defaults.timeouts.connect | '60d' is not a time-out. | ..."] },
        { "defaults: { bind: everywhere }", ["1:19 defaults.bind | 'everywhere' is not an IP address. | Use 127.0.0.1..."] },
        { "defaults: { bind: 1 }", ["1:19 defaults.bind | '1' is not an IP address. | ..."] },
        { "docker_enabled: 1", ["1:17 docker_enabled | '1' is not yes or no. | ..."] },
        { "services:\n  web:\n    image: Not An Image\n", ["3:12 services.web.image | 'Not An Image' is not the name of an image. | ..."] },
        { "services:\n  web: { image: a, build: . }\n", ["2:27 services.web.build | The folder '/project' does not exist. | ", "2:27 services.web.build | 'web' has an image and a build. | Remove one of the two."] },
        { "services:\n  web: { build: { context: ./none } }\n", ["2:28 services.web.build.context | The folder '/project/none' does not exist. | "] },
        { "services:\n  web:\n    image: a\n    depends_on: [sqll, blob]\n", ["4:18 services.web.depends_on[0] | There is no service named 'sqll', which 'web' depends on. | ..."] },
        { "services:\n  web: { image: a, depends_on: web }\n", ["2:32 services.web.depends_on[0] | Services need each other in a circle: web -> web. | Remove one of these dependencies."] },
        { "services:\n  a: { image: a, depends_on: [b] }\n  b: { image: b, environment: { X: \"${c.host}\" } }\n  c: { image: c, command: [\"${a.name}\"] }\n", ["2:31 services.a.depends_on[0] | Services need each other in a circle: a -> b -> c -> a. | ..."] },
        { "services:\n  web:\n    image: a\n    environment:\n      DB: \"x ${nosuch.host}\"\n", ["5:11 services.web.environment.DB | ${nosuch.host} refers to 'nosuch', which is not a service. | ..."] },
        { "services:\n  web: { image: a, environment: { DB: \"${blob.conectionString}\" } }\n", ["2:39 services.web.environment.DB | ${blob.conectionString} does not name anything of 'blob': did you mean 'connectionString'? | "] },
        { "services:\n  web: { image: a, command: [\"${bus.port}\"] }\n", ["2:30 services.web.command[0] | ${bus.port} does not name anything of 'bus': it has several ports: write port.amqp or port.http | "] },
        { "services:\n  web: { image: a, command: [\"${bus.port.ampq}\"] }\n", ["2:30 services.web.command[0] | ${bus.port.ampq} does not name anything of 'bus': it has no port 'ampq', but amqp, http | "] },
        { "services:\n  blob: { port: 10000 }\n  queue: { port: 10000 }\n", ["3:18 services.queue.port | Port 10000 is that of 'blob' already (/project/localzure.yml:2). | Choose another port, or auto for a free one."] },
        { "services:\n  bus: { port: 5000 }\n", ["2:16 services.bus.port | Port 5000 alone is not enough: 'bus' has the ports amqp, http. | Name them, for example ports: { amqp: 5000 }."] },
        { "services:\n  bus: { ports: { ampq: 5000 } }\n", ["2:19 services.bus.ports.ampq | 'bus' has no port 'ampq'. | Did you mean 'amqp'?"] },
        { "services:\n  web: { image: a, ports: { http: auto } }\n", ["2:35 services.web.ports.http | The port inside the container is missing for 'http'. | Write it as http: { container: 3000, host: auto }."] },
        { "services:\n  web: { image: a, volumes: { ./gone: /x, Data: /y, ok: relative } }\n", ["2:31 services.web.volumes['./gone'] | The path '/project/gone' to mount does not exist. | Create it first...", "2:43 services.web.volumes.Data | 'Data' is not a valid volume name. | ...", "2:57 services.web.volumes.ok | 'relative' is not a path inside the container. | ..."] },
        { "services:\n  web: { image: a, command: npm run dev }\n", ["2:29 services.web.command | This must be a list of texts, not 'npm run dev'. | Write it as a list, for example [npm, run, dev]."] },
        { "services:\n  web: { image: a, ready: [ { tcp: http, log: x }, {} ] }\n", ["2:29 services.web.ready[0] | A probe is of one kind, not of 2. | ...", "2:52 services.web.ready[1] | A probe is of one kind, not of none. | ..."] },
        { "services:\n  web: { image: a, ports: { http: 80 }, ready: [ { tcp: htp }, { log: \"(\" } ] }\n", ["2:71 services.web.ready[1].log | '(' is not a regular expression. | ..."] },
        { "services:\n  web: { image: a, ports: { http: 80 }, ready: [ { tcp: htp } ] }\n", ["2:50 services.web.ready[0] | The service has no port 'htp'. | Did you mean 'http'?"] },
        { "services:\n  web: { image: a, environment: { A: , B: [1] } }\n", ["2:35 services.web.environment.A | 'A' has no value; a text is wanted. | ", "2:43 services.web.environment.B | This must be a text, not a list. | "] },
        { "services:\n  sql: { config: ./no.json, init: { sql: ./no.sql } }\n", ["2:18 services.sql.config | The file '/project/no.json' does not exist. | ", "2:42 services.sql.init.sql[0] | The file '/project/no.sql' does not exist. | "] },
        { "services:\n  api: { host: { command: [node, a.js] }, mode: host, port: 3000 }\n  web: { image: a, environment: { API: \"${api.endpoint}\" } }\n", ["3:40 services.web.environment.API | 'web' runs in a container, from which 'api', which it needs and which runs as a host process, cannot be reached. | Run 'api' in a container too, or 'web' with mode: host."] },
        { "services:\n  api: { host: { command: [b] } }\n  web: { image: a, depends_on: api }\n", ["3:32 services.web.depends_on[0] | 'web' runs in a container, from which 'api', which it needs and which runs as a host process, cannot be reached. | ..."] },
        { "services:\n  api: { mode: docker, host: { command: [b] } }\n", ["2:16 services.api.mode | 'api' has neither an image nor a build to run in a container. | Name one, or leave out the mode."] },
        { "services:\n  blob: { mode: host }\n  web: { mode: docker, image: a, host: { command: [b] }, depends_on: blob }\n", ["3:70 services.web.depends_on[0] | 'web' runs in a container, from which 'blob', which it needs and which runs as a host process, cannot be reached. | ..."] },
        { "services:\n  web: { image: a, environment: { DB: \"${ sql.connectionString.MSSQL_URI }\" } }\n", ["2:39 services.web.environment.DB | ${ sql.connectionString.MSSQL_URI } does not name anything of 'sql': it has no connection string 'MSSQL_URI', but ... | "] },
        { "services:\n  web: { image: a, environment: { DB: \"${postgres.connectionString.DATABASE_URI}\" } }\n", ["2:39 services.web.environment.DB | ${postgres.connectionString.DATABASE_URI} does not name anything of 'postgres': it has no connection string 'DATABASE_URI': did you mean 'DATABASE_URL'? | "] },
        { "services:\n  api: { image: a }\n  web: { image: a, environment: { DB: \"${api.connectionString}\" } }\n", ["3:39 services.web.environment.DB | ${api.connectionString} does not name anything of 'api': it has no connection string | "] },
        { "services:\n  web: { image: a, environment: { A: \"x\\0y\", \"B\\0\": z }, command: [\"\\0\"] }\n", ["2:38 services.web.environment.A | The value holds a null character. | ...", "2:46 services.web.environment['B?'] | The name holds a null character. | ...", "2:68 services.web.command[0] | The value holds a null character. | ..."] },
        { "services:\n  web: { image: a, volumes: { one: /data, two: /data/ } }\n", ["2:43 services.web.volumes.two | 'one' is mounted at /data/ already. | Give each volume a path of its own."] },
        { "services:\n  web: { image: a, port: auto }\n", ["2:26 services.web.port | The port inside the container is missing. | Write ports: { main: { container: 3000, host: auto } }."] },
        { "services:\n  redis: false\n  web: { image: a, environment: { R: \"${redis.host}\" } }\n", ["3:38 services.web.environment.R | 'web' needs 'redis', which is disabled (/project/localzure.yml:2). | Enable 'redis', or let 'web' do without it."] },
        { "services:\n  sql: { enabled: false }\n  bus: {}\n", ["3:3 services.bus | 'bus' needs 'sql', which is disabled (/project/localzure.yml:2). | Enable 'sql', or let 'bus' do without it."] },
        { "defaults: { ttl: 0 }\nservices:\n  blob: { ttl: 0s }\n", ["1:18 defaults.ttl | '0' is not a time to live. | Write a duration longer than nothing...", "3:16 services.blob.ttl | '0s' is not a time to live. | ..."] },
        { "services:\n  web: { image: a, command: [], host: { command: [] } }\n", ["2:29 services.web.command | The list is empty. | A command needs a program at least...", "2:50 services.web.host.command | The list is empty. | ..."] },
        { "services:\n  web: { image: a, environment: { X: \"${ nosuch.host }\" } }\n", ["2:38 services.web.environment.X | ${ nosuch.host } refers to 'nosuch', which is not a service. | ..."] },
        { "services:\n  x: { image: a, depends_on: y }\n", ["2:30 services.x.depends_on[0] | There is no service named 'y', which 'x' depends on. | Name a service of this file or of the catalog."] },
        { "services:\n  web1: { image: a, depends_on: web2 }\n  web3: { image: a }\n", ["2:33 services.web1.depends_on[0] | There is no service named 'web2', which 'web1' depends on. | Did you mean 'web3'?"] },
        { "- blob\n", ["1:1  | This must be a table with the keys of a configuration file, not a list. | "] },
        { "a: 1\n---\nb: 2\n", ["2:1  | A second document begins here. | Keep one document..."] },
        { "services: {", ["1:12  | This is not YAML: ... | ..."] },
        { "services:\n\tblob:\n", ["2:1  | This is not YAML: ... | ..."] },
        { "services: *none", ["1:11  | The alias *none has no anchor &none before it. | "] },
        { "x-a: &a [*a]", ["1:10  | The alias *a lies within its own anchor. | "] },
        { "? [a]\n: b\n", ["1:3  | A key must be a word, not a list. | "] },
        { "project: !secret x", ["1:10 project | The tag !secret means nothing here. | Remove it."] },
        { "x-a: [[[[[[[[[[[[[[[[[[[[[[", ["1:26  | Lists and tables lie within each other more than 20 levels deep. | ..."] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_BadFile_SaysWhereWhatAndWhatToDo(string text, string[] expected)
    {
        var errors = ConfigurationText.Load(text).Errors;

        var found = errors.Select(error => $"{error.Line}:{error.Column} {error.Key} | {error.Message} | {error.Suggestion}").ToList();
        Assert.All(errors, error => Assert.Equal(ConfigurationText.Path, error.Path));
        Assert.True(found.Count == expected.Length && expected.All(wanted => found.Exists(error => Matches(error, wanted))), string.Join('\n', new[] { "found:" }.Concat(found).Append("expected:").Concat(expected)));
    }

    [Fact]
    public void Load_ManyErrors_AllAreInOneException()
    {
        var loaded = ConfigurationText.Load("project: Shop\nservices:\n  blob: { prot: 1 }\n  web: { image: a, environment: { A: \"${x.host}\" } }\n");

        var error = Assert.Throws<LocalZureException>(() => loaded.Checked());

        Assert.Equal(ErrorCode.ConfigInvalid, error.Code);
        Assert.Equal("The configuration has 3 errors: /project/localzure.yml:1:10: project: 'Shop' is not a valid project name.", error.Message);
        Assert.Equal(
            ["/project/localzure.yml:1:10: project: 'Shop' is not a valid project name.", "/project/localzure.yml:3:11: services.blob.prot: 'prot' is not a key of a service.", "/project/localzure.yml:4:38: services.web.environment.A: ${x.host} refers to 'x', which is not a service."],
            error.Evidence);
        Assert.Equal([ErrorCode.ConfigInvalid, ErrorCode.ConfigInvalid, ErrorCode.ReferenceUnresolved], loaded.Errors.Select(one => one.Code));
    }

    [Fact]
    public void Load_NotUtf8_SaysWhere()
    {
        var error = Assert.Single(ConfigurationText.Load([.. "project: shop\nx-a: "u8, 0xFF, 0xFE]).Errors);

        Assert.Equal((2, 6, "The file is not UTF-8 text."), (error.Line, error.Column, error.Message));
    }

    [Fact]
    public void Load_TooLarge_IsRefused()
    {
        var error = Assert.Single(ConfigurationText.Load(Encoding.UTF8.GetBytes("# " + new string('x', 1 << 20))).Errors);

        Assert.Equal((1, "The file is larger than 1 MiB."), (error.Line, error.Message));
    }

    [Fact]
    public void Load_AliasBomb_IsRefusedAtOnce()
    {
        var text = new StringBuilder("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
        {
            text.Append($"x-{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        var error = Assert.Single(ConfigurationText.Load(text.ToString()).Errors);

        Assert.Equal((5, "The file has more than 20000 values or 4 Mi characters, those behind aliases included."), (error.Line, error.Message));
    }

    [Fact]
    public void Load_HugeScalar_IsRefused()
    {
        var error = Assert.Single(ConfigurationText.Load($"project: {new string('a', 70_000)}").Errors);

        Assert.Equal("1:10 This value is longer than 65536 characters.", $"{error.Line}:{error.Column} {error.Message}");
    }

    [Fact]
    public void Load_SecretInABadValue_IsNotShown()
    {
        var error = Assert.Single(ConfigurationText.Load("services:\n  web: { image: \"x;AccountKey=abcdef123456==\" }\n").Errors);

        Assert.DoesNotContain("abcdef", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LongChainOfDependencies_IsNoProblem()
    {
        var chain = string.Join('\n', Enumerable.Range(0, 3000).Select(number => $"  s{number}: {{ image: a, depends_on: s{number + 1} }}"));

        Assert.Empty(ConfigurationText.Load($"services:\n{chain}\n  s3000: {{ image: a }}\n").Errors);
        Assert.Equal(ErrorCode.DependencyCycle, Assert.Single(ConfigurationText.Load($"services:\n{chain}\n  s3000: {{ image: a, depends_on: s0 }}\n").Errors).Code);
    }

    [Fact]
    public void Load_MoreErrorsThanAnyoneReads_EndsThere()
    {
        var errors = ConfigurationText.Load(string.Join('\n', Enumerable.Range(0, 2000).Select(number => $"key{number}: 1"))).Errors;

        Assert.Equal(Problems.Most, errors.Count);
    }

    private static bool Matches(string found, string wanted)
    {
        var (left, right) = (found.Split(" | "), wanted.Split(" | "));
        return left.Length == right.Length && left.Zip(right).All(pair => pair.Second.EndsWith("...", StringComparison.Ordinal) ? pair.First.StartsWith(pair.Second[..^3], StringComparison.Ordinal) : pair.First == pair.Second);
    }
}
