using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

/// <summary>A runner with a folder, which ends with the test whatever it started.</summary>
internal sealed class HostProcessFixture : IAsyncDisposable
{
    private readonly List<ProcessIdentity> _started = [];

    public HostProcessFixture(int rawLimit = RawWriter.DefaultLimit) => Runner = new HostProcessRunner(TimeProvider.System, rawLimit);

    public TempFolder Folder { get; } = new();

    public HostProcessRunner Runner { get; }

    public string Logs => Folder.File("logs");

    public Task<ProcessIdentity> ShellAsync(string script, params string[] arguments) =>
        StartAsync(Spec("/bin/sh", ["-c", script, "sh", .. arguments]));

    public Task<ProcessIdentity> NodeAsync(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        var file = Folder.File($"program {_started.Count}.js");
        File.WriteAllText(file, script);
        return StartAsync(Spec(Programs.Node, [file]) with { IsNode = true, Environment = environment ?? new Dictionary<string, string>() });
    }

    public HostProcessSpec Spec(string program, IReadOnlyList<string> arguments) =>
        new() { FileName = program, Arguments = arguments, WorkingDirectory = Folder.File("work"), LogDirectory = Logs };

    public async Task<ProcessIdentity> StartAsync(HostProcessSpec spec)
    {
        var process = await Runner.StartAsync(spec, CancellationToken.None);
        _started.Add(process);
        return process;
    }

    public async Task ExitAsync(ProcessIdentity process)
    {
        await Runner.WaitForExitAsync(process, CancellationToken.None).WaitAsync(Eventually.Deadline);
        await RawWriter.WaitAsync(Logs, TimeProvider.System, CancellationToken.None);
    }

    public async Task<string> FileContentAsync(params string[] parts)
    {
        var path = Folder.File(parts);
        await Eventually.IsTrueAsync(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'), $"a line in {path}");
        return File.ReadAllText(path).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            Runner.KillTree(process);
            await ExitAsync(process);
        }

        Folder.Dispose();
    }
}
