using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Tests.Lifecycle;

public sealed class OwnershipTests
{
    private const string Operation = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("localzure-web", "web", null, true)]
    [InlineData("localzure-web", "web", "", true)]
    [InlineData("localzure-web-pr42", "web", "pr42", true)]
    [InlineData($"localzure-web.replaced-{Operation}", "web", null, true)]
    [InlineData("localzure-web.replaced-by-me", "web", null, false)]
    [InlineData("my-own", "web", null, false)]
    [InlineData("localzure-web", "web", "pr42", false)]
    [InlineData("localzure-web-pr42", "web", null, false)]
    [InlineData("localzure-x/../../config", "x/../../config", null, false)]
    [InlineData("localzure-web-../x", "web", "../x", false)]
    [InlineData("localzure-", "", null, false)]
    [InlineData("localzure-Web", "Web", null, false)]
    public void IsOurs_Container_HasTheNameOfItsLabels(string name, string service, string? instance, bool isOurs)
    {
        var labels = LabelsOf(service, instance);

        Assert.Equal(isOurs, Ownership.IsOurs(new ContainerSummary { Id = "1", Name = name, Image = "x", State = ContainerState.Running, Labels = labels }));
        Assert.Equal(isOurs, Ownership.IsOurs(new ContainerDetails { Id = "1", Name = name, Image = "x", State = ContainerState.Running, Labels = labels }));
    }

    [Fact]
    public void IsOurs_WithoutTheLabel_IsNot() =>
        Assert.False(Ownership.IsOurs(new ContainerSummary { Id = "1", Name = "localzure-web", Image = "x", State = ContainerState.Running, Labels = new Dictionary<string, string> { [Labels.Service] = "web" } }));

    [Theory]
    [InlineData("localzure-web-data", "web", null, "data", true)]
    [InlineData("localzure-web-pr42-data", "web", "pr42", "data", true)]
    [InlineData("localzure-web-.seeded", "web", null, ".seeded", true)]
    [InlineData("localzure-web-pr42-data", "web", null, "data", false)]
    [InlineData("mine", "web", null, "data", false)]
    [InlineData("localzure-web-", "web", null, "", false)]
    [InlineData("localzure-web-../x", "web", null, "../x", false)]
    public void IsOurs_Volume_HasTheNameOfItsLabels(string name, string service, string? instance, string volume, bool isOurs)
    {
        var labels = LabelsOf(service, instance);
        labels[Labels.Volume] = volume;

        Assert.Equal(isOurs, Ownership.IsOurs(new VolumeSummary(name, labels, null)));
    }

    [Theory]
    [InlineData("localzure", null, true)]
    [InlineData("localzure-pr42", "pr42", true)]
    [InlineData("localzure-pr42", null, false)]
    [InlineData("mine", "pr42", false)]
    [InlineData("localzure-../x", "../x", false)]
    public void IsOurs_Network_HasTheNameOfItsInstance(string name, string? instance, bool isOurs) =>
        Assert.Equal(isOurs, Ownership.IsOurs(new NetworkSummary("1", name, LabelsOf("web", instance), default, [])));

    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData(Operation, null, false, false)]
    [InlineData(Operation, Operation, true, true)]
    [InlineData(Operation, "another", true, false)]
    [InlineData(Operation, null, true, false)]
    [InlineData(null, null, true, true)]
    public void IsInherited_SameStartAsTheImage_IsNoProof(string? container, string? image, bool isManagedImage, bool isInherited)
    {
        var labels = new Dictionary<string, string>();
        if (isManagedImage)
        {
            labels[Labels.Managed] = "true";
        }

        if (image is not null)
        {
            labels[Labels.Operation] = image;
        }

        var own = LabelsOf("web", null);
        if (container is not null)
        {
            own[Labels.Operation] = container;
        }

        Assert.Equal(isInherited, Ownership.IsInherited(own, new ImageSummary("1", labels, "")));
        Assert.False(Ownership.IsInherited(own, null));
    }

    private static Dictionary<string, string> LabelsOf(string service, string? instance)
    {
        var labels = new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Service] = service };
        if (instance is not null)
        {
            labels[Labels.Instance] = instance;
        }

        return labels;
    }
}
