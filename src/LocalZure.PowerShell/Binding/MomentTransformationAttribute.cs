using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Makes a <see cref="Moment"/> of whatever is given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MomentTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare is Moment ? bare : new Moment(bare);
    }
}
