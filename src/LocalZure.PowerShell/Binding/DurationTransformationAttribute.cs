using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Makes a <see cref="Duration"/> of whatever is given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare is Duration ? bare : new Duration(bare);
    }
}
