using System.Management.Automation;

namespace LocalZure.PowerShell.Binding;

/// <summary>Makes a <see cref="Size"/> of whatever is given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SizeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare is Size ? bare : new Size(bare);
    }
}
