using System.Runtime.Versioning;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

[UnsupportedOSPlatform("windows")]
public sealed class NpmPackageToolTests : IDisposable
{
    // Makes what npm makes for "npm install --prefix <folder> … <name>@<version>".
    private const string Install = """
        while [ "$1" != --prefix ]; do shift; done; folder="$2"; for last; do :; done
        echo "${last#*@}" >> "$0.log"
        mkdir -p "$folder/node_modules/azurite/dist/src/blob"
        echo "{ \"name\": \"azurite\", \"version\": \"${last#*@}\", \"engines\": { \"node\": \">=10.0.0\", \"vscode\": \"^1\" }, \"bin\": {} }" > "$folder/node_modules/azurite/package.json"
        : > "$folder/node_modules/azurite/dist/src/blob/main.js"
        echo "npm http fetch GET 200 https://u:p@registry.example/azurite"
        echo "added 1 package"
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task EnsureAsync_NoNode_SaysHowToGetIt()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync());

        Assert.Equal(
            (ErrorCode.HostToolMissing, "The program 'node' (Node.js), which Azurite runs on, is not on PATH.", true),
            (error.Code, error.Message, error.Remedy.StartsWith("Install Node.js 10 or later", StringComparison.Ordinal)));
    }

    [LinuxFact]
    public async Task EnsureAsync_NoNpm_SaysHowToGetIt()
    {
        Script("node", "echo v20.20.2");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync());

        Assert.Equal(
            (ErrorCode.HostToolMissing, "The program 'npm', which installs Azurite, is not on PATH.", true),
            (error.Code, error.Message, error.Remedy.StartsWith("Install npm ", StringComparison.Ordinal)));
    }

    [LinuxFact]
    public async Task EnsureAsync_OldNode_IsAnError()
    {
        Script("node", "echo v8.17.0");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync());

        Assert.Equal((ErrorCode.HostToolMissing, $"The Node.js 8 at '{Bin("node")}' is too old for Azurite."), (error.Code, error.Message));
    }

    [LinuxFact]
    public async Task EnsureAsync_BrokenNode_IsAnErrorWithItsOutput()
    {
        Script("node", "echo no library; exit 127");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync());

        Assert.Equal((ErrorCode.HostToolMissing, 127, "no library"), (error.Code, error.ExitCode, Assert.Single(error.Evidence)));
    }

    [LinuxFact]
    public async Task EnsureAsync_NotThere_InstallsTheVersionForThisNodeOnce()
    {
        foreach (var (node, version) in ((string, string)[])[("v24.0.0", "3.37.0"), ("v21.1.0", "3.36.0"), ("v10.24.1", "3.35.0")])
        {
            Script("node", "echo " + node);
            Script("npm", Install);

            var first = await EnsureAsync();
            var second = await EnsureAsync();

            var root = _folder.File("home", "tools", "azurite-" + version, "node_modules", "azurite");
            Assert.Equal(new HostToolLocation("azurite@" + version, Bin("node"), root, IsNode: true), first);
            Assert.Equal(first, second);
        }

        Assert.Equal(["3.37.0", "3.36.0", "3.35.0"], await File.ReadAllLinesAsync(Bin("npm.log")));
        AssertNothingHalfDone();
    }

    [LinuxFact]
    public async Task EnsureAsync_EightAtOnce_InstallOnce()
    {
        Script("node", "echo v20.20.2");
        Script("npm", Install);

        var locations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnsureAsync()));

        Assert.Single(locations.Distinct());
        Assert.Equal(["3.35.0"], await File.ReadAllLinesAsync(Bin("npm.log")));
    }

    [LinuxFact]
    public async Task EnsureAsync_Progress_IsToldWithoutCredentials()
    {
        Script("node", "echo v20.20.2");
        Script("npm", Install);
        var progress = new ProgressLines();

        await EnsureAsync(progress);

        Assert.Equal(
            [
                $"Installing Azurite 3.35.0 with npm into {_folder.File("home", "tools")}; this is done once.",
                "npm http fetch GET 200 https://***@registry.example/azurite",
                "added 1 package",
                "Installed Azurite 3.35.0.",
            ],
            progress.Lines);
    }

    [LinuxFact]
    public async Task EnsureAsync_NpmFails_SaysWhatItSaidAndLeavesNothing()
    {
        Script("node", "echo v20.20.2");
        Script("npm", "echo 'npm error code E401'; echo 'npm error //registry.example/:_authToken=npm_secret' >&2; exit 1");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync());

        Assert.Equal((ErrorCode.HostToolInstallFailed, 1), (error.Code, error.ExitCode));
        Assert.Equal(["npm error //registry.example/:_authToken=***", "npm error code E401"], error.Evidence.Order(StringComparer.Ordinal));
        AssertNothingHalfDone();
    }

    [LinuxFact]
    public async Task EnsureAsync_NpmEndsWellWithoutThePackage_IsAFailure()
    {
        Script("node", "echo v20.20.2");
        Script("npm", "exit 0");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync());

        Assert.Equal(ErrorCode.HostToolInstallFailed, error.Code);
    }

    [LinuxFact]
    public async Task EnsureAsync_FullDisk_HasItsOwnCode()
    {
        Script("node", "echo v20.20.2");
        Script("npm", "echo 'npm error code ENOSPC'; exit 228");

        Assert.Equal(ErrorCode.DiskFull, (await Assert.ThrowsAsync<LocalZureException>(() => EnsureAsync())).Code);
    }

    [LinuxFact]
    public async Task EnsureAsync_Cancelled_EndsNpmWithItsChildrenAndLeavesNothing()
    {
        Script("node", "echo v20.20.2");
        Script("npm", "sleep 600 & echo $! > \"$0.pid\"; echo waiting; wait");
        using var stop = new CancellationTokenSource();
        var progress = new ProgressLines { OnLine = line => { if (line == "waiting") { stop.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EnsureAsync(progress, stop.Token).WaitAsync(Eventually.Deadline));

        var child = int.Parse(await File.ReadAllTextAsync(Bin("npm.pid")), System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.IsTrueAsync(() => LocalZure.Engine.Support.ProcessTable.Identify(child) is null, "the end of npm's child");
        AssertNothingHalfDone();
    }

    [LinuxFact]
    public async Task EnsureAsync_LeftoverOfADeadInstaller_IsRemoved()
    {
        Directory.CreateDirectory(_folder.File("home", "tools", ".azurite-3.35.0-dead", "node_modules"));
        Script("node", "echo v20.20.2");
        Script("npm", Install);

        await EnsureAsync();

        AssertNothingHalfDone();
    }

    [LinuxFact]
    public async Task EnsureAsync_LinkOnPath_IsUsed()
    {
        Script("node", "echo v20.20.2");
        var root = Package("lib/node_modules/azurite", "3.34.0", ">=10.0.0");
        File.CreateSymbolicLink(Bin("azurite"), Path.Combine(root, "dist/src/azurite.js"));

        Assert.Equal(new HostToolLocation("azurite@3.34.0", Bin("node"), root, IsNode: true), await EnsureAsync());
    }

    [LinuxFact]
    public async Task EnsureAsync_WrapperScriptOnPath_IsReadForThePackage()
    {
        Script("node", "echo v20.20.2");
        var root = Package("bin/global/5/node_modules/azurite", "3.34.0", ">=10.0.0");
        Script("azurite", "exec node \"$basedir/global/5/node_modules/azurite/dist/src/azurite.js\" \"$@\"");

        Assert.Equal(new HostToolLocation("azurite@3.34.0", Bin("node"), root, IsNode: true), await EnsureAsync());
    }

    [LinuxFact]
    public async Task EnsureAsync_CopyOnPathNeedsANewerNode_InstallsOne()
    {
        Script("node", "echo v20.20.2");
        Script("npm", Install);
        var root = Package("lib/node_modules/azurite", "3.37.0", ">=22.0.0");
        File.CreateSymbolicLink(Bin("azurite"), Path.Combine(root, "dist/src/azurite.js"));

        Assert.Equal("azurite@3.35.0", (await EnsureAsync()).Program);
    }

    // In the home whose tools all suites share: whichever comes first has it installed. The long form always installs.
    [NpmRegistryFact]
    public async Task EnsureAsync_RealNpm_InstallsAnAzuriteThatRuns()
    {
        var environment = EnvironmentSnapshot.Capture();
        var home = TestForm.IsLong ? _folder.File("home") : Path.Combine(Repository.Root, "out", ".test-home");
        var tool = new AzuriteTool(new EngineOptions { Home = home, Environment = environment });

        var location = await tool.EnsureAsync(null, default);

        await using var host = new HostProcessFixture();
        var process = await host.StartAsync(host.Spec(location.FileName, [Path.Combine(location.Root, "dist/src/blob/main.js"), "-v"]) with { IsNode = true });
        await host.ExitAsync(process);
        Assert.Equal(0, host.Runner.ReadExitCode(host.Logs));
        Assert.EndsWith(location.Program["azurite@".Length..] + "\n", await File.ReadAllTextAsync(HostLogFiles.Current(host.Logs)), StringComparison.Ordinal);
    }

    private Task<HostToolLocation> EnsureAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        new AzuriteTool(new EngineOptions
        {
            Home = _folder.File("home"),
            Environment = new EnvironmentSnapshot([KeyValuePair.Create("PATH", _folder.File("bin"))]),
        }).EnsureAsync(progress, cancellationToken);

    private string Bin(string name) => _folder.File("bin", name);

    private void Script(string name, string body)
    {
        Directory.CreateDirectory(_folder.File("bin"));
        File.WriteAllText(Bin(name), $"#!/bin/sh\nPATH=/usr/bin:/bin\n{body}\n");
        File.SetUnixFileMode(Bin(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Package(string folder, string version, string node)
    {
        var root = _folder.File(folder.Split('/'));
        Directory.CreateDirectory(Path.Combine(root, "dist/src/blob"));
        File.WriteAllText(Path.Combine(root, "package.json"), $$"""{ "name": "azurite", "version": "{{version}}", "engines": { "node": "{{node}}" } }""");
        foreach (var script in (string[])["dist/src/azurite.js", "dist/src/blob/main.js"])
        {
            File.WriteAllText(Path.Combine(root, script), "");
            File.SetUnixFileMode(Path.Combine(root, script), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return root;
    }

    private void AssertNothingHalfDone() =>
        Assert.DoesNotContain(Directory.GetDirectories(_folder.File("home", "tools")), folder => Path.GetFileName(folder).StartsWith('.'));
}
