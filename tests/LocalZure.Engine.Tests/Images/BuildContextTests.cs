using System.Diagnostics;
using System.Net.Sockets;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Images;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Images;

public sealed class BuildContextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public BuildContextTests() => Write("Dockerfile", "FROM scratch\n");

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public async Task Read_KindsOfFiles_LinksAreKeptAndWhatHasNoContentIsSkipped()
    {
        Write("src/run.sh", "#!/bin/sh\n");
        Write("empty", "");
        SetMode(_folder.File("src", "run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        SetMode(_folder.File("src"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_folder.File("link"), "/etc");
        File.CreateSymbolicLink(_folder.File("broken"), "nowhere/at all");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("s")));
        using (var mkfifo = Process.Start("mkfifo", [_folder.File("pipe")]))
        {
            await mkfifo.WaitForExitAsync();
        }

        var files = Read().Files;

        Assert.Equal(
            [("Dockerfile", BuildFileKind.File, null), ("broken", BuildFileKind.Link, "nowhere/at all"), ("empty", BuildFileKind.File, null), ("link", BuildFileKind.Link, "/etc"), ("src", BuildFileKind.Folder, null), ("src/run.sh", BuildFileKind.File, (string?)null)],
            files.Select(file => (file.Path, file.Kind, file.LinkTarget)));
        Assert.Equal(((UnixFileMode)0x1C0, (UnixFileMode)0x140), (files[4].Mode, files[5].Mode));
    }

    [Fact]
    public void Read_EverythingKeptOut_DockerfileAndIgnoreFileAreSent()
    {
        Write("docker/web/Dockerfile", "FROM scratch\n");
        Write(".dockerignore", "*\n!src/**/*.cs\n");
        Write("src/a.cs", "");
        Write("src/deep/b.cs", "");
        Write("src/deep/b.txt", "");

        var context = BuildContext.Read(_folder.Path, "docker/web/Dockerfile", CancellationToken.None);

        Assert.Equal("docker/web/Dockerfile", context.Dockerfile);
        Assert.Equal([".dockerignore", "docker/web/Dockerfile", "src/a.cs", "src/deep/b.cs"], context.Files.Select(file => file.Path));
    }

    [Fact]
    public void Read_IgnoreFileOfTheDockerfile_ComesFirst()
    {
        Write(".dockerignore", "a\n");
        Write("Dockerfile.dockerignore", "b\n");
        Write("a", "");
        Write("b", "");

        Assert.Equal([".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "a"], Read().Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData("nope", null, "The build context '{0}nope' does not exist.")]
    [InlineData("Dockerfile", null, "The build context '{0}Dockerfile' is a file, not a folder.")]
    [InlineData("", "Other", "The Dockerfile '{0}Other' does not exist.")]
    [InlineData("sub", "../Dockerfile", "The Dockerfile '{0}Dockerfile' lies outside the build context '{0}sub'.")]
    public void Read_NotThere_SaysSo(string context, string? dockerfile, string message)
    {
        Directory.CreateDirectory(_folder.File("sub"));

        var error = Assert.Throws<LocalZureException>(() => BuildContext.Read(Path.Combine(_folder.Path, context), dockerfile, CancellationToken.None));

        Assert.Equal((ErrorCode.BuildFailed, string.Format(message, _folder.Path + Path.DirectorySeparatorChar)), (error.Code, error.Message));
    }

    [UnixFact]
    public void Read_DockerfileThatLeadsOut_IsRefused()
    {
        File.CreateSymbolicLink(_folder.File("Away"), "/etc/hostname");

        var error = Assert.Throws<LocalZureException>(() => BuildContext.Read(_folder.Path, "Away", CancellationToken.None));

        Assert.Equal($"The Dockerfile '/etc/hostname' lies outside the build context '{_folder.Path}'.", error.Message);
    }

    [Fact]
    public void Read_TooLarge_NamesTheBiggestFolder()
    {
        Write("node_modules/a", new string('x', 3 << 20));
        Write("src/b", new string('x', 1 << 20));

        var error = Assert.Throws<LocalZureException>(() => BuildContext.Read(_folder.Path, null, 2 << 20, CancellationToken.None));

        Assert.Equal($"The build context '{_folder.Path}' has 5 MB, more than the 2 MB that are sent at most; 'node_modules' alone has 3 MB.", error.Message);
        Assert.Contains(".dockerignore", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hash_SameContent_IsTheSameWhereverAndWhenever()
    {
        Write("a/b", "content");
        var before = await HashAsync();
        using var other = new TempFolder();
        Directory.CreateDirectory(other.File("a"));
        await File.WriteAllTextAsync(other.File("a", "b"), "content");
        await File.WriteAllTextAsync(other.File("Dockerfile"), "FROM scratch\n");
        File.SetLastWriteTimeUtc(other.File("a", "b"), DateTime.UnixEpoch);

        var elsewhere = await ContentHash.OfAsync(BuildContext.Read(other.Path, null, CancellationToken.None), null, Arguments(), CancellationToken.None);

        Assert.Matches("\\A[0-9a-f]{16}\\z", before);
        Assert.Equal(before, elsewhere);
    }

    [UnixFact]
    public async Task Hash_AnythingThatCounts_IsAnother()
    {
        Write("a", "content");
        Write("Other", "FROM scratch\n");
        List<string> hashes =
        [
            await HashAsync(),
            await HashAsync(target: "dev"),
            await HashAsync(("A", "1")),
            await HashAsync(("A", "2")),
            await HashAsync(("A1", "")),
            await ContentHash.OfAsync(BuildContext.Read(_folder.Path, "Other", CancellationToken.None), null, Arguments(), CancellationToken.None),
        ];
        SetMode(_folder.File("a"), (UnixFileMode)0x1FF);
        hashes.Add(await HashAsync());
        Write("a", "Content");
        hashes.Add(await HashAsync());
        File.Move(_folder.File("a"), _folder.File("b"));
        hashes.Add(await HashAsync());
        File.Delete(_folder.File("b"));
        File.CreateSymbolicLink(_folder.File("b"), "x");
        hashes.Add(await HashAsync());

        Assert.Equal(10, hashes.Distinct().Count());
    }

    private static Dictionary<string, string> Arguments(params (string Name, string Value)[] arguments) => arguments.ToDictionary(pair => pair.Name, pair => pair.Value);

    private BuildContext Read() => BuildContext.Read(_folder.Path, null, CancellationToken.None);

    private Task<string> HashAsync(params (string Name, string Value)[] arguments) => HashAsync(null, arguments);

    private Task<string> HashAsync(string? target, params (string Name, string Value)[] arguments) => ContentHash.OfAsync(Read(), target, Arguments(arguments), CancellationToken.None);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private void Write(string path, string content)
    {
        var full = _folder.File(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
