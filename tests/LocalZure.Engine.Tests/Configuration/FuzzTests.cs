using System.Diagnostics;
using System.Text;
using LocalZure.Engine.Configuration;
using Xunit.Abstractions;

namespace LocalZure.Engine.Tests.Configuration;

/// <summary>Mutated files: each ends in objects or in errors with a position, soon and with little memory.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 12_000;

    private static readonly string[] Seeds =
    [
        """{version: "0.1.0", docker_enabled: true, services: {blob: {enabled: true, port: 10000}, queue: {enabled: true, port: 10001}}}""",
        "services:\n- blob\n- queue\n",
        """
        version: "0.1.0"
        project: shop
        defaults:
          profile: test
          timeouts: { connect: 30s, pull: 10m, start: 60s }
          resources: { memory: 512m, cpus: 1.0, pids: 512 }
          security: { no_new_privileges: true, cap_drop: [ALL] }
        x-common: &common
          memory: 1g
          environment: &env { A: b, "C": 'd' }
        services:
          blob: { enabled: true, port: auto }
          bus:
            <<: *common
            accept_eula: true
            depends_on: [sql]
            ports: { amqp: 5672-5680 }
            init: { queues: [orders, invoices], topics: { a: [b] }, exec: [[sh, -c, "echo"]] }
          preview:
            image: ghcr.io/acme/preview:1.4
            ports: { http: { container: 3000, host: 3000-4000 } }
            volumes: { cache: /var/cache }
            environment:
              <<: *env
              DATABASE_URL: "${sql.connectionString}"
              LONG: |
                several
                lines
              FOLDED: >-
                of text
            ready: [ { log: "ready in" }, { http: { path: /, port: http } } ]
            host: { command: [npm, run, dev], ready: [ { tcp: http } ] }
        """,
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ": ", "- ", ",", "&a ", "*a", "*common", "!!str ", "!x ", "|", ">", "\"", "'", "#", "\n", "\n\n  ", "\t", "---\n", "...\n", "%YAML 1.2\n", "? ", "<<: *common\n",
        "null", "~", "true", "-1", "1e999", "0x10", "99999999999999999999", "\0", "\uFEFF", "\u2028", "\\x", "\"\\uD800\"", "\"\\UFFFFFFFF\"", "${", "${a.b}", "}${sql.", "é", "😀",
        "services:", "blob:", "depends_on: [preview]", "port: 1-2-3", "env", "__proto__", "x-",
    ];

    private readonly ITestOutputHelper _output;

    public FuzzTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Load_MutatedFiles_EndInObjectsOrInErrorsWithAPosition()
    {
        var random = new Random(20260921);
        var (good, bad, slowest, most, errors) = (0, 0, TimeSpan.Zero, 0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(random, round);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                var loaded = ConfigurationText.Load(bytes);
                if (loaded.Errors.Count == 0)
                {
                    good++;
                    ConfigurationText.Report(loaded);
                }
                else
                {
                    bad++;
                    errors += loaded.Errors.Count;
                    var thrown = Assert.Throws<LocalZureException>(() => loaded.Checked());
                    Assert.Equal(ErrorCode.ConfigInvalid, thrown.Code);
                    Assert.All(loaded.Errors, error => Assert.True(error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0, error.ToString()));
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"round {round}: {e}\n{Encoding.UTF8.GetString(bytes[..Math.Min(2000, bytes.Length)])}");
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        _output.WriteLine($"{Rounds} files: {good} read, {bad} refused with {errors} errors; slowest {slowest.TotalMilliseconds:0} ms, most allocated {most >> 20} MiB");
        Assert.True(good > Rounds / 100 && bad > Rounds / 4, "the mutations are too mild or too strong");
        Assert.True(slowest < TimeSpan.FromSeconds(20), $"one file took {slowest}");
        Assert.True(most < 512L << 20, $"one file took {most} bytes");
    }

    [Fact]
    public void Load_SeedsAsTheyAre_AreGood() => Assert.All(Seeds, seed => Assert.Empty(ConfigurationText.Load(seed).Errors));

    private static byte[] Mutate(Random random, int round)
    {
        var text = Seeds[random.Next(Seeds.Length)];
        if (round % 100 == 99)
        {
            return Encoding.UTF8.GetBytes(Monster(random, text));
        }

        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(7))
            {
                case 0 when bytes.Count > 0:
                    bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at));
                    break;
                case 3:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 0);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(40)).ToList());
                    break;
                case 5:
                    bytes = [.. Encoding.UTF8.GetBytes(Swapped(random, Encoding.UTF8.GetString([.. bytes])))];
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Swapped(Random random, string text)
    {
        var words = text.Split(' ');
        var (left, right) = (random.Next(words.Length), random.Next(words.Length));
        (words[left], words[right]) = (words[right], words[left]);
        return string.Join(' ', words);
    }

    private static string Monster(Random random, string text)
    {
        var many = random.Next(2_000, 60_000);
        return random.Next(14) switch
        {
            0 => string.Concat(Enumerable.Repeat("[", many)),
            1 => string.Concat(Enumerable.Repeat("{a: ", many)),
            2 => string.Concat(Enumerable.Repeat("- ", many)),
            3 => string.Concat(Enumerable.Range(0, 200).Select(level => new string(' ', level) + "a:\n")),
            4 => "x-a: &a [" + string.Join(", ", Enumerable.Repeat("x", 500)) + "]\nservices: [" + string.Join(", ", Enumerable.Repeat("*a", 500)) + "]",
            5 => $"{text}\nx-s: {new string((char)random.Next(33, 126), many * 4)}",
            6 => $"x-s: \"{string.Concat(Enumerable.Repeat("\\n", many))}\"",
            7 => "services:\n" + string.Concat(Enumerable.Range(0, many / 10).Select(number => $"  s{number}: {{ image: a, depends_on: [s{(number * 7) % 997}, t] }}\n")),
            8 => "services:\n  w:\n    image: a\n    environment:\n" + string.Concat(Enumerable.Range(0, many / 10).Select(number => $"      V{number}: \"${{a{number}.b}}\"\n")),
            9 => "x-t: &t \"" + string.Concat(Enumerable.Repeat("${a.b}", 8000)) + "\"\nservices:\n  w: { image: a, command: [" + string.Join(", ", Enumerable.Repeat("*t", 400)) + "] }",
            10 => string.Concat(Enumerable.Repeat("? ", many)),
            11 => string.Concat(Enumerable.Range(0, many).Select(number => $"k{number}: \n")),
            12 => "services: { w: { image: " + new string('a', 500) + " , ready: [ { log: \"" + string.Concat(Enumerable.Repeat("(a*)*", 180)) + "\" } ] } }",
            _ => string.Concat(Enumerable.Repeat("&a *a ", many)),
        };
    }
}
