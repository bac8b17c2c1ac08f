using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class ModeSelectorTests
{
    private static readonly LocalZureException NoDocker = new(ErrorCode.DockerUnavailable, "No Docker endpoint answered.");

    private static readonly DesiredService Desired = TestServices.Of(TestServices.Definition() with { Host = new HostDefinition { Tool = "t", Arguments = [] } });

    [Theory]
    [InlineData(ServiceMode.Auto, true, true, "", "Docker", false)]
    [InlineData(ServiceMode.Auto, true, true, "host", "Host", false)]
    [InlineData(ServiceMode.Auto, true, true, "ended host", "Docker", false)]
    [InlineData(ServiceMode.Auto, true, true, "container", "Docker", false)]
    [InlineData(ServiceMode.Auto, true, false, "", "Docker", false)]
    [InlineData(ServiceMode.Auto, false, true, "", "Host", true)]
    [InlineData(ServiceMode.Auto, false, true, "host", "Host", false)]
    [InlineData(ServiceMode.Auto, false, true, "ended host", "Host", true)]
    [InlineData(ServiceMode.Auto, false, false, "", "DockerUnavailable: No Docker endpoint answered.", false)]
    [InlineData(ServiceMode.Docker, true, true, "", "Docker", false)]
    [InlineData(ServiceMode.Docker, true, true, "container", "Docker", false)]
    [InlineData(ServiceMode.Docker, true, true, "ended host", "Docker", false)]
    [InlineData(ServiceMode.Docker, true, true, "host", "NameConflict: demo exists as a host process already.", false)]
    [InlineData(ServiceMode.Docker, false, true, "", "DockerUnavailable: No Docker endpoint answered.", false)]
    [InlineData(ServiceMode.Docker, false, true, "host", "DockerUnavailable: No Docker endpoint answered.", false)]
    [InlineData(ServiceMode.Host, true, true, "", "Host", false)]
    [InlineData(ServiceMode.Host, true, true, "host", "Host", false)]
    [InlineData(ServiceMode.Host, false, true, "", "Host", false)]
    [InlineData(ServiceMode.Host, true, true, "container", "NameConflict: demo exists in a container already.", false)]
    [InlineData(ServiceMode.Auto, true, true, "other host of the name", "Docker", false)]
    public void Select_Table(ServiceMode wanted, bool docker, bool hasHost, string existing, string expected, bool fallsBack)
    {
        var desired = (hasHost ? Desired : TestServices.Desired()) with { Mode = wanted };
        var failure = docker ? null : NoDocker;
        var observed = Observed(existing);

        string selected;
        try
        {
            selected = ModeSelector.Select(desired, observed, failure).ToString();
        }
        catch (LocalZureException e)
        {
            selected = $"{e.Code}: {e.Message}";
        }

        Assert.Equal((expected, fallsBack), (selected, ModeSelector.FallsBack(desired, observed, failure)));
    }

    private static ObservedState Observed(string existing) => existing switch
    {
        "host" => Hosts(Desired, true),
        "ended host" => Hosts(Desired, false),
        "other host of the name" => new ObservedState([], [new ObservedHostProcess(TestServices.Entry(Desired, new ProcessIdentity(7, "1")) with { Service = "de", Instance = "mo" }, true, null)], new Dictionary<string, OwnerState>()),
        "container" => new ObservedState([new ContainerSummary { Id = "x", Name = "localzure-demo", Image = "x", State = ContainerState.Exited, Labels = new Dictionary<string, string> { [Labels.Service] = "demo" } }], [], new Dictionary<string, OwnerState>()),
        _ => ObservedStates.Nothing,
    };

    private static ObservedState Hosts(DesiredService service, bool running) =>
        new([], [new ObservedHostProcess(TestServices.Entry(service, new ProcessIdentity(7, "1")), running, null)], new Dictionary<string, OwnerState>());
}
