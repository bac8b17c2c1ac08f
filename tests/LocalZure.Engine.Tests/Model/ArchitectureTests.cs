using System.Reflection;

namespace LocalZure.Engine.Tests.Model;

/// <summary>Which parts of the engine may know of which.</summary>
public sealed class ArchitectureTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Engine = typeof(LocalZureEngine).Assembly;

    [Fact]
    public void References_Engine_KnowNoPowerShell() =>
        Assert.DoesNotContain(Engine.GetReferencedAssemblies(), name => name.Name!.Contains("Automation", StringComparison.OrdinalIgnoreCase) || name.Name.Contains("PowerShell", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("Docker", "Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events")]
    [InlineData("Containers", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events,Support")]
    [InlineData("Catalog", "Docker,HostProcesses,Containers,Commands,Ports,Events")]
    [InlineData("HostProcesses", "Docker,Lifecycle,Catalog,Commands,Health,Ports,Requests,Events")]
    [InlineData("Health", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Ports,Requests,Events")]
    [InlineData("Ports", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Requests,Events")]
    [InlineData("Images", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events")]
    [InlineData("Lifecycle", "Docker,Commands")]
    [InlineData("Seeding", "Docker,Commands,Requests,Configuration")]
    [InlineData("Commands", "Docker")]
    [InlineData("Configuration", "Docker,Commands,HostProcesses,Events")]
    [InlineData("Secrets", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events,Containers")]
    [InlineData("Export", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Events,Containers,Secrets,Configuration")]
    [InlineData("Presentation", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Containers,Secrets,Configuration,Export,Support")]
    [InlineData("Statistics", "Docker,Catalog,Commands,Health,Ports,Requests,Events")]
    [InlineData("Activity", "Docker,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events")]
    [InlineData("Graph", "Docker,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events,Containers")]
    [InlineData("Monitoring", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Events,Containers")]
    [InlineData("Support", "Docker,Lifecycle,Catalog,Commands,HostProcesses,Health,Ports,Requests,Events,Containers")]
    public void Types_OfAFolder_UseNoneOfTheseOthers(string folder, string others)
    {
        var forbidden = others.Split(',');
        var types = Engine.GetTypes().Where(type => FolderOf(type) == folder).ToList();

        var uses = types.SelectMany(UsedBy).Where(use => forbidden.Contains(FolderOf(use.Used))).Select(use => $"{use.Where} -> {use.Used.FullName}").Distinct();

        Assert.NotEmpty(types);
        Assert.Empty(uses);
    }

    [Fact]
    public void Types_OfTheEngine_AreInternalUnlessUsersSeeThem()
    {
        var shown = Engine.GetExportedTypes().Where(type => FolderOf(type) is not ("" or "Requests" or "Events" or "Presentation") && type.Namespace != "LocalZure").Select(type => type.FullName);

        Assert.Equal(["LocalZure.Engine.Support.ByteSize", "LocalZure.Engine.Support.Duration"], shown.Order(StringComparer.Ordinal));
    }

    // "Docker" for LocalZure.Engine.Docker.Wire; empty for types of the engine itself and of others.
    private static string FolderOf(Type type) => type.Namespace?.Split('.') is ["LocalZure", "Engine", var folder, ..] ? folder : "";

    private static IEnumerable<(string Where, Type Used)> UsedBy(Type type)
    {
        var signatures = new[] { type.BaseType }.Concat(type.GetInterfaces())
            .Concat(type.GetFields(Everything).Select(field => field.FieldType))
            .Concat(type.GetMethods(Everything).SelectMany(InSignature))
            .Concat(type.GetConstructors(Everything).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType)))
            .Concat(type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)).SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []));
        return signatures.OfType<Type>().SelectMany(Parts).Select(used => (type.FullName!, used));
    }

    private static IEnumerable<Type> InSignature(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType);

    // A list of a service uses the list and the service.
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
}
