using System.Management.Automation;
using LocalZure.Engine.Support;

namespace LocalZure.PowerShell.Binding;

/// <summary>Takes sizes as people write them: <c>"512m"</c>, <c>"1.5GB"</c>, or a number of bytes such as <c>512MB</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SizeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text)
        {
            return inputData;
        }

        try
        {
            return ByteSize.Parse(text);
        }
        catch (LocalZureException e)
        {
            throw new ArgumentTransformationMetadataException($"{e.Message} {e.Remedy}", e);
        }
    }
}
