using System.Reflection;
using Xunit.Sdk;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Runs a theory in one mode; more values of the row are the arguments.</summary>
internal abstract class ModeDataAttribute : DataAttribute
{
    private readonly ServiceMode _mode;
    private readonly object[] _more;

    protected ModeDataAttribute(ServiceMode mode, object[] more)
    {
        _mode = mode;
        _more = more;
    }

    /// <summary>The service whose program or image the theory needs instead of Azurite's; null for none.</summary>
    public string? Server { get; init; }

    public override string? Skip => Server is not null ? Requirements.Server(_mode, Server) : _mode == ServiceMode.Docker ? Requirements.Docker : Requirements.Host;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_mode, .. _more]];
}
