using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class AnonymousVolumesTests
{
    private static readonly string One = new('1', 64);
    private static readonly string Two = new('2', 64);

    [Fact]
    public void InPlaceOf_VolumesWithoutAName_AreTakenOverUnlessSomethingElseIsThere()
    {
        var old = Container([], new(MountKind.Volume, One, "", "/data"), new(MountKind.Volume, Two, "", "/own"), new(MountKind.Volume, "named", "", "/named"), new(MountKind.Bind, "", "/src", "/bind"));
        var spec = new ContainerSpec { Name = "localzure-web", Image = "x", Mounts = [new MountSpec(MountKind.Volume, "localzure-web-own", "/own/")], Labels = new Dictionary<string, string> { ["a"] = "b" } };

        var made = ContainerSpecBuilder.InPlaceOf(old, spec);

        Assert.Equal([new MountSpec(MountKind.Volume, "localzure-web-own", "/own/"), new MountSpec(MountKind.Volume, One, "/data")], made.Mounts);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "b", [Labels.TakenOverVolumes] = One }, made.Labels);
        Assert.Same(spec, ContainerSpecBuilder.InPlaceOf(null, spec));
        Assert.Same(spec, ContainerSpecBuilder.InPlaceOf(Container([]), spec));
    }

    [Fact]
    public void TakenOverBy_NamesInTheLabel_CountOnlyWhereTheyAreMountedAndNobodysOwn()
    {
        var labels = new Dictionary<string, string> { [Labels.TakenOverVolumes] = $"{One}\nnamed\n{new string('3', 64)}" };

        var found = AnonymousVolumes.TakenOverBy(Container(labels, new(MountKind.Volume, One, "", "/data"), new(MountKind.Volume, Two, "", "/x"), new(MountKind.Volume, "named", "", "/named")));

        Assert.Equal([One], found);
    }

    [Fact]
    public void ApartFrom_LabelsOfTheImage_AreMadeEmptyWhereTheContainerHasNone()
    {
        var image = new ImageSummary("1", new Dictionary<string, string> { [Labels.Expires] = "2020-01-01", [Labels.Owner] = "a", [Labels.BuiltFor] = "web", ["theirs"] = "x" }, "");
        var spec = new ContainerSpec { Name = "localzure-web", Image = "x", Labels = new Dictionary<string, string> { [Labels.Owner] = "b" } };

        Assert.Equal(new Dictionary<string, string> { [Labels.Owner] = "b", [Labels.Expires] = "" }, ContainerSpecBuilder.ApartFrom(image, spec).Labels);
        Assert.Same(spec, ContainerSpecBuilder.ApartFrom(null, spec));
        Assert.Null(ContainerLabels.ExpiresAt(new Dictionary<string, string> { [Labels.Expires] = "" }));
    }

    private static ContainerDetails Container(Dictionary<string, string> labels, params ContainerMount[] mounts) =>
        new() { Id = "1", Name = "localzure-web", Image = "x", State = ContainerState.Running, Labels = labels, Mounts = mounts };
}
