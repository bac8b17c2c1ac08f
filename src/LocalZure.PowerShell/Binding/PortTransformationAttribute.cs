using System.Collections;
using System.Management.Automation;
using LocalZure.Engine.Requests.Parsing;

namespace LocalZure.PowerShell.Binding;

/// <summary>Takes one port, for a service that has one, where a table of port names is expected. Values are checked by <see cref="PortTable"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare is null or IDictionary ? bare! : new Hashtable { [PortTable.OnlyPort] = bare };
    }
}
