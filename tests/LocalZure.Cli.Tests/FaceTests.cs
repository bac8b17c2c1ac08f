using System.Reflection;
using System.Runtime.CompilerServices;

namespace LocalZure.Cli.Tests;

/// <summary>The command is a face of the engine and nothing else.</summary>
public sealed class FaceTests
{
    [Fact]
    public void References_OfTheCommand_AreTheEngineAndTheParser() =>
        Assert.Equal(
            ["LocalZure.Engine", "System.CommandLine"],
            typeof(ExitCode).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name == "System.CommandLine" || !name.StartsWith("System", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Engine_ToTheCommand_ShowsWhatItShowsEverybody() =>
        Assert.DoesNotContain(
            typeof(LocalZure.Engine.LocalZureEngine).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>(),
            friend => friend.AssemblyName == typeof(ExitCode).Assembly.GetName().Name);
}
