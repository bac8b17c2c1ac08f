using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Tests.Catalog;

public sealed class CatalogInfoTests
{
    [Theory]
    [InlineData("blob", null, ErrorCode.ServiceNotRunning, "blob does not run.", "Start-LzService blob starts it; Get-LzService -All shows what was stopped.")]
    [InlineData("blob", "", ErrorCode.ServiceNotRunning, "blob does not run.", "Start-LzService blob starts it; Get-LzService -All shows what was stopped.")]
    [InlineData("webshop", null, ErrorCode.ServiceNotRunning, "webshop does not run.", "Start-LzService webshop starts it; Get-LzService -All shows what was stopped.")]
    [InlineData("blob", "pr42", ErrorCode.ServiceNotRunning, "blob (instance pr42) does not run.", "Start-LzService blob -Instance pr42 starts it; Get-LzService -All shows what was stopped.")]
    public void ExplainMissing_KnownService_SaysHowToStartIt(string name, string? instance, ErrorCode code, string message, string remedy)
    {
        var error = CatalogInfo.ExplainMissing(name, instance, ["webshop"]);

        Assert.Equal((code, message, remedy), (error.Code, error.Message, error.Remedy));
        Assert.Equal((name, string.IsNullOrEmpty(instance) ? null : instance), (error.Service, error.Instance));
    }

    [Theory]
    [InlineData("blop", null, ErrorCode.ServiceUnknown, "There is no service named 'blop'. Did you mean 'blob'?")]
    [InlineData("webshpo", null, ErrorCode.ServiceUnknown, "There is no service named 'webshpo'. Did you mean 'webshop'?")]
    [InlineData("xyzzyxyzzy", null, ErrorCode.ServiceUnknown, "There is no service named 'xyzzyxyzzy'.")]
    [InlineData("blob", "PR42", ErrorCode.NameInvalid, "'PR42' is not a valid instance name.")]
    public void ExplainMissing_SomethingElse_SaysWhatIsWrong(string name, string? instance, ErrorCode code, string message)
    {
        var error = CatalogInfo.ExplainMissing(name, instance, ["webshop"]);

        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Of_Storage_ShowsItAsUsersSeeIt()
    {
        var info = CatalogInfo.Of(ServiceCatalog.Get("storage"));

        Assert.Equal(("storage", "Azure Storage: Blob, Queue and Table (Azurite)", ImageTags.Azurite), (info.Name, info.Description, info.Image));
        Assert.Equal(new Dictionary<string, int> { ["blob"] = 10000, ["queue"] = 10001, ["table"] = 10002 }, info.Ports);
        Assert.Equal([ServiceMode.Docker, ServiceMode.Host], info.Modes);
        Assert.Empty(info.DependsOn);
    }
}
