using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

public sealed class HomeFolderTests
{
    [LinuxFact]
    public async Task BeginAsync_HomeThatCannotBe_SaysSo()
    {
        var registry = new OperationRegistry("/proc/localzure");

        var failure = await Assert.ThrowsAsync<LocalZureException>(() => registry.BeginAsync(new OperationEntry("op", "owner", "blob", null, DateTimeOffset.UnixEpoch), CancellationToken.None));

        Assert.Equal(ErrorCode.HomeNotWritable, failure.Code);
        Assert.Contains("/proc/localzure/operations/op.json", failure.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task AcquireAsync_HomeThatCannotBe_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => FileLock.AcquireAsync("/proc/localzure/a.lock", TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None));

        Assert.Equal(ErrorCode.HomeNotWritable, failure.Code);
    }

    [Fact]
    public void Refused_FullDisk_IsDiskFull()
    {
        var full = new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);

        Assert.Equal(ErrorCode.DiskFull, HomeFolder.Refused("/x", full).Code);
    }

    [Fact]
    public void Explain_SomethingThatIsNotThere_IsNoRefusal()
    {
        var home = Path.GetFullPath("/home/me/localzure");
        Exception[] missing = [new FileNotFoundException($"Could not find file '{Path.Combine(home, "a")}'."), new DirectoryNotFoundException($"Could not find a part of the path '{Path.Combine(home, "a")}'.")];

        Assert.Equal(missing, missing.Select(failure => HomeFolder.Explain(home, failure)));
    }
}
