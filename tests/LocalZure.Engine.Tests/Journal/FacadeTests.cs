using System.Reflection;
using LocalZure.Engine.Journal;

namespace LocalZure.Engine.Tests.Journal;

/// <summary>Nothing leaves the engine past the journal.</summary>
public sealed class FacadeTests
{
    // What reads and empties the journal itself: a journal that cannot be read must not be written to because of that.
    private static readonly string[] Exempt = [nameof(LocalZureEngine.GetErrorsAsync), nameof(LocalZureEngine.ClearErrorsAsync), nameof(LocalZureEngine.DisposeAsync)];

    [Fact]
    public void Calls_ThatMayFail_GoThroughTheRecorder()
    {
        var calls = typeof(LocalZureEngine).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal))
            .Where(method => !Exempt.Contains(method.Name)).ToList();

        Assert.True(calls.Count > 20, $"{calls.Count} calls");
        Assert.Empty(calls.Where(method => !CalledBy(method).Any(called => called.DeclaringType == typeof(FailureRecorder))).Select(method => method.Name));
    }

    // call and callvirt, each followed by a token of four bytes. A byte that only looks like one resolves to nothing of ours.
    private static IEnumerable<MethodBase> CalledBy(MethodInfo method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var at = 0; at + 4 < code.Length; at++)
        {
            if (code[at] is 0x28 or 0x6F && Resolve(method, BitConverter.ToInt32(code, at + 1)) is { } called)
            {
                yield return called;
            }
        }
    }

    private static MethodBase? Resolve(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
