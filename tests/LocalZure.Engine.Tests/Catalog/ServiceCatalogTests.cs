using System.Text.RegularExpressions;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Catalog;

/// <summary>What every service of the catalog must have.</summary>
public sealed class ServiceCatalogTests
{
    /// <summary>Services whose vendor publishes no other tag than one that moves.</summary>
    private static readonly HashSet<string> MovingTags = ["cosmosclassic", "signalr", "durabletask", "topaz"];

    public static TheoryData<string> Names => new(ServiceCatalog.All.Select(definition => definition.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Image_EveryService_IsPinned(string name)
    {
        var service = ServiceCatalog.Get(name);

        Assert.Matches(@"\A[a-z0-9.-]+\.[a-z]+/[a-z0-9._/-]+:[A-Za-z0-9][A-Za-z0-9._-]*\z", service.Image);
        Assert.Equal(MovingTags.Contains(service.Name), service.Image.EndsWith(":latest", StringComparison.Ordinal) || service.Image.EndsWith(":stable", StringComparison.Ordinal));
        Assert.True(service.AlpineImage is null || (service.AlpineImage.EndsWith("alpine", StringComparison.Ordinal) && service.AlpineImage != service.Image));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Platforms_EveryService_AreOnesOfContainers(string name)
    {
        var service = ServiceCatalog.Get(name);

        Assert.NotEmpty(service.Platforms);
        Assert.All(service.Platforms, platform => Assert.Matches(@"\A(linux|windows)/(amd64|arm64)\z", platform));
        Assert.InRange(service.MinimumMemoryBytes ?? 1L << 30, 1L << 20, 8L << 30);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void License_EveryService_HasALinkAndIsAcceptedByAVariable(string name)
    {
        var service = ServiceCatalog.Get(name);

        if (service.License is { } license)
        {
            Assert.Matches(@"\Athe .*[^.]\z", license.Name);
            Assert.True(Uri.TryCreate(license.Link, UriKind.Absolute, out var link) && link.Scheme == "https", license.Link);
            Assert.Matches(@"\A[A-Z_]+\z", license.Variable);
            Assert.NotEmpty(license.Value);
        }

        // Said by the licence alone, so that nothing accepts it unasked.
        Assert.DoesNotContain(service.Environment.Keys, variable => variable.Contains("EULA", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Secrets_EveryService_AreGivenByVariableAndNeverOnACommandLineOrInAFile(string name)
    {
        var service = ServiceCatalog.Get(name);
        var commands = new[] { service.Command ?? [], service.Host?.Arguments ?? [], service.Host?.Preparation?.Arguments ?? [] }
            .Concat(service.Probes.Concat(service.Host?.Probes ?? []).OfType<ExecProbeDefinition>().Select(probe => probe.Command)).SelectMany(words => words);
        var files = service.Files.Concat(service.Host?.Files ?? []).Select(file => file.Content);

        Assert.All(commands.Concat(files), text => Assert.DoesNotContain(Template.PlaceholdersIn(text), key => key.StartsWith("secret.", StringComparison.Ordinal)));
        Assert.All(service.Secrets, secret => Assert.Matches(@"\A[a-z]+\z", secret.Name));
        Assert.All(service.Secrets, secret => Assert.Matches(@"\A[A-Z_]+\z", secret.Variable));
        Assert.All(service.Secrets, secret => Assert.DoesNotContain(secret.Variable, service.Environment.Keys));
        Assert.All(service.Secrets, secret => Assert.Contains(service.ConnectionStrings, pair => pair.Value.Contains($"{{secret.{secret.Name}}}", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_EveryService_HavePathsInTheContainer(string name)
    {
        var service = ServiceCatalog.Get(name);

        Assert.All(service.Files.Concat(service.Host?.Files ?? []), file => Assert.Matches(@"\A(/[A-Za-z0-9._-]+)+\z", file.Path));
        Assert.All(service.Files, file => NameRule.Check("file", file.Name));
        Assert.Distinct(service.Files.Select(file => file.Path));
        Assert.All(service.Files.Where(file => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)), file => System.Text.Json.JsonDocument.Parse(file.Content).Dispose());
    }

    [Fact]
    public void Ports_AllServices_AreDistinctUnlessTheyAreTheSameThing()
    {
        var shared = ServiceCatalog.All.SelectMany(service => service.Ports, (service, port) => (service.Name, port.DefaultHostPort))
            .GroupBy(pair => pair.DefaultHostPort, pair => pair.Name)
            .Where(port => port.Count() > 1)
            .Select(port => $"{port.Key}: {string.Join(", ", port)}")
            .Order(StringComparer.Ordinal);

        // The same program in parts, the same product twice, and well-known ports that clients insist on.
        Assert.Equal(
            ["10000: storage, blob", "10001: storage, queue", "10002: storage, table", "5672: servicebus, eventhubs", "8081: cosmosdb, cosmosclassic", "8888: signalr, topaz"],
            shared);
    }

    [Fact]
    public void Get_EveryServiceThatRunsWithoutAnAccount_IsThere() => Assert.Equal(
        [
            "appconfig", "blob", "cosmosclassic", "cosmosdb", "dashboard", "durabletask", "eventgrid", "eventhubs", "floci", "functions", "keyvault", "kusto", "mail", "miniblue",
            "mqtt", "mysql", "postgres", "queue", "redis", "servicebus", "signalr", "sql", "sql2025", "storage", "table", "topaz", "valkey",
        ],
        ServiceCatalog.All.Select(service => service.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Docs_List_NamesEveryService()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.All(ServiceCatalog.All, service => Assert.Contains($"(docs/services/{service.Name}.md)", readme, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_EveryService_AreValid(string name)
    {
        var service = ServiceCatalog.Get(name);

        NameRule.Check("service", service.Name);
        Assert.All(service.Volumes, volume => NameRule.Check("volume", volume.Name));
        Assert.All(service.Volumes, volume => Assert.StartsWith("/", volume.Target, StringComparison.Ordinal));
        Assert.All(service.DependsOn, other => Assert.NotNull(ServiceCatalog.Find(other)));
        Assert.Matches(@"\A[A-Z].*[^.]\z", service.Description);
        Assert.InRange(service.StartTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
        Assert.InRange(service.StopGrace, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Assert.Matches(@"\ASIG[A-Z]+\z", service.StopSignal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ports_EveryService_HaveAPurposeAndNothingTwice(string name)
    {
        var ports = ServiceCatalog.Get(name).Ports;

        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.Matches(@"\A[a-z0-9-]+\z", port.Name));
        Assert.All(ports, port => Assert.NotEmpty(port.Purpose));
        Assert.All(ports, port => Assert.InRange(port.ContainerPort, 1, 65535));
        Assert.All(ports, port => Assert.InRange(port.DefaultHostPort, 1024, 65535));
        Assert.All(ports, port => Assert.Contains(port.Protocol, (string[])["tcp", "udp"]));
        Assert.Distinct(ports.Select(port => port.Name));
        Assert.Distinct(ports.Select(port => (port.ContainerPort, port.Protocol)));
        Assert.Distinct(ports.Select(port => (port.DefaultHostPort, port.Protocol)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Probes_EveryService_FitItInEachMode(string name)
    {
        var service = ServiceCatalog.Get(name);
        var ports = service.Ports.Select(port => new ServicePort(port.Name, port.ContainerPort, "127.0.0.1", port.DefaultHostPort, port.Protocol)).ToList();

        Assert.NotEmpty(service.Probes);
        await using (new ServiceProbes(ProbedServices.Container(ports), service.Probes, service.TerminalLogLines, TimeProvider.System))
        {
        }

        if (service.Host is { } host)
        {
            await using (new ServiceProbes(ProbedServices.Process(ports), host.Probes ?? service.Probes, service.TerminalLogLines, TimeProvider.System))
            {
            }
        }

        Assert.All(service.Probes.OfType<HttpProbeDefinition>(), probe => Assert.StartsWith("/", probe.Path, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Templates_EveryService_AreFilled(string name)
    {
        var service = ServiceCatalog.Get(name);
        var template = TemplateOf(service);

        Assert.NotEmpty(service.Endpoints);
        Assert.All(service.Endpoints, pair => Assert.Contains(pair.Key, service.Ports.Select(port => port.Name)));
        Assert.All(service.Endpoints, pair => Assert.True(Uri.TryCreate(Filled(template, pair.Value), UriKind.Absolute, out _), pair.Value));
        Assert.All(service.ConnectionStrings, pair => Filled(template, pair.Value));
        Assert.All(service.ConnectionStrings.Select(pair => pair.Value).Concat(service.Endpoints.Values), text => Assert.DoesNotContain("{service.", text, StringComparison.Ordinal));
        Assert.All(service.Environment, pair => Filled(template, pair.Value));
        Assert.All(service.Files.Concat(service.Host?.Files ?? []), file => Assert.True(template.CanFill(file.Content)));
        Assert.All(service.Host?.Arguments ?? [], argument => Filled(template, argument));
        Assert.All(service.Host?.Environment ?? new Dictionary<string, string>(), pair => Filled(template, pair.Value));
        Assert.All(service.Host?.Preparation?.Arguments ?? [], argument => Filled(template, argument));
        Assert.Contains(service.Host?.Preparation?.Volume, service.Volumes.Select(volume => volume.Name).Append(null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ConnectionStrings_EveryService_HaveNamesOfVariables(string name)
    {
        var strings = ServiceCatalog.Get(name).ConnectionStrings;

        Assert.All(strings, pair => Assert.Matches(@"\A[A-Za-z_][A-Za-z0-9_]*\z", pair.Key));
        Assert.Distinct(strings.Select(pair => pair.Key));
        Assert.Contains($"ConnectionStrings__{name}", strings.Select(pair => pair.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StopLines_EveryService_AreRegularExpressionsThatMeanSomething(string name) =>
        Assert.All(ServiceCatalog.Get(name).StopLines, line => Assert.DoesNotMatch(new Regex(line), "an ordinary line of a log"));

    [Theory]
    [MemberData(nameof(Names))]
    public void TerminalLogLines_EveryService_MeanSomething(string name) =>
        Assert.All(ServiceCatalog.Get(name).TerminalLogLines, line => Assert.DoesNotMatch(new Regex(line), "an ordinary line of a log"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Host_EveryService_NamesAToolThatExists(string name)
    {
        if (ServiceCatalog.Get(name).Host is not { } host)
        {
            return;
        }

        using var home = new TempFolder();
        var tools = HostToolList.Create(new EngineOptions { Home = home.Path, Environment = new EnvironmentSnapshot([]) });

        Assert.NotNull(tools.Get(host.Tool));
        Assert.False(Path.IsPathRooted(host.Script));
        Assert.All((host.Probes ?? ServiceCatalog.Get(name).Probes).Select(probe => probe.GetType()), type => Assert.DoesNotContain(type, (Type[])[typeof(ExecProbeDefinition), typeof(DockerProbeDefinition)]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Docs_EveryService_HasAPageWithItsImageAndPorts(string name)
    {
        var service = ServiceCatalog.Get(name);
        var path = Path.Combine(Repository.Root, "docs", "services", name + ".md");

        Assert.True(File.Exists(path), $"docs/services/{name}.md is missing");
        var text = File.ReadAllText(path);
        Assert.Contains(service.Image[(service.Image.LastIndexOf(':') + 1)..], text, StringComparison.Ordinal);
        Assert.All(service.Ports, port => Assert.Matches($@"\b{port.DefaultHostPort}\b", text));
        Assert.All(service.Ports, port => Assert.Matches($@"\b{port.Name}\b", text));
    }

    [Fact]
    public void Names_AllPairsOfServices_GiveNamesThatNoInstanceOfAnotherCanHave()
    {
        var names = ServiceCatalog.All.Select(definition => definition.Name).ToList();

        Assert.All(names, name => Assert.DoesNotContain(names, other => other.StartsWith(name + "-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("blop", "There is no service named 'blop'. Did you mean 'blob'?")]
    [InlineData("BLOB", "There is no service named 'BLOB'. Did you mean 'blob'?")]
    [InlineData("tables", "There is no service named 'tables'. Did you mean 'table'?")]
    [InlineData("elasticsearch", "There is no service named 'elasticsearch'.")]
    public void Get_UnknownName_NamesTheNearest(string name, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => ServiceCatalog.Get(name));

        Assert.Equal((ErrorCode.ServiceUnknown, message, name), (error.Code, error.Message, error.Service));
    }

    // What the service has, and what it needs has. Nothing else may be named.
    private static Template TemplateOf(ServiceDefinition service)
    {
        var more = service.Secrets.Select(secret => $"secret.{secret.Name}")
            .Concat(service.Files.Concat(service.Host?.Files ?? []).Select(file => $"file.{file.Name}"))
            .Concat(service.DependsOn.Select(ServiceCatalog.Get).SelectMany(needed => (string[])
                [$"service.{needed.Name}", .. needed.Ports.Select(port => $"service.{needed.Name}.{port.Name}"), .. needed.Secrets.Select(secret => $"secret.{needed.Name}.{secret.Name}")]))
            .Append(service.Host?.Preparation?.Secret is null ? "file" : "file.secret");
        return new Template(
            "127.0.0.1",
            service.Ports.ToDictionary(port => port.Name, port => port.DefaultHostPort),
            service.Volumes.ToDictionary(volume => volume.Name, volume => "/home/" + volume.Name),
            more.Distinct().ToDictionary(key => key, key => key));
    }

    private static string Filled(Template template, string text)
    {
        Assert.True(template.CanFill(text), text);
        var filled = template.Fill(text);
        Assert.DoesNotMatch(@"[{}]", filled);
        return filled;
    }
}
