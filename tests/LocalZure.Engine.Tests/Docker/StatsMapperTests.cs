using System.Text.Json;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Tests.Docker;

public sealed class StatsMapperTests
{
    // Docker 20.10 with version 1 of control groups, shortened.
    private const string First = """
        {"read":"2026-11-21T16:15:28.393979472Z","preread":"0001-01-01T00:00:00Z","pids_stats":{"current":3},
         "blkio_stats":{"io_service_bytes_recursive":[{"major":8,"minor":0,"op":"Read","value":4096},{"major":8,"minor":0,"op":"Write","value":512},{"major":8,"minor":0,"op":"Total","value":4608},{"major":8,"minor":16,"op":"Read","value":4}]},
         "num_procs":0,"cpu_stats":{"cpu_usage":{"total_usage":3003538902,"percpu_usage":[2973200435,30338467]},"system_cpu_usage":95775810000000,"online_cpus":2},
         "precpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{"usage":704512,"stats":{"total_inactive_file":4512,"inactive_file":9},"limit":1000000},
         "networks":{"eth0":{"rx_bytes":736,"tx_bytes":10},"eth1":{"rx_bytes":4,"tx_bytes":1}}}
        """;

    // Docker 28 with version 2, and the two measurements of an engine that answers with both.
    private const string Second = """
        {"read":"2026-11-21T16:15:29Z","preread":"2026-11-21T16:15:28Z","pids_stats":{"current":1},
         "blkio_stats":{"io_service_bytes_recursive":null},
         "num_procs":0,"cpu_stats":{"cpu_usage":{"total_usage":200},"system_cpu_usage":4000,"online_cpus":4},
         "precpu_stats":{"cpu_usage":{"total_usage":100},"system_cpu_usage":3000,"online_cpus":4},
         "memory_stats":{"usage":5000,"stats":{"inactive_file":1000},"limit":18446744073709551615}}
        """;

    private const string Windows = """
        {"read":"2026-11-21T16:15:29Z","preread":"2026-11-21T16:15:28Z","num_procs":2,"storage_stats":{"read_size_bytes":7,"write_size_bytes":8},
         "cpu_stats":{"cpu_usage":{"total_usage":300}},"precpu_stats":{"cpu_usage":{"total_usage":100}},"memory_stats":{"commitbytes":9,"privateworkingset":4096}}
        """;

    private const string Stopped = """{"read":"0001-01-01T00:00:00Z","preread":"0001-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}""";

    [Fact]
    public void Sample_FirstVersionOfControlGroups_LeavesTheCacheOutAndAddsDisksAndNetworks()
    {
        var at = new DateTimeOffset(2026, 11, 21, 16, 15, 28, TimeSpan.Zero).AddTicks(3939794);

        Assert.Equal(
            new ContainerSample
            {
                ReadAt = at,
                Cpu = new CpuSample(at, 3003538902, 95775810000000, 2),
                Memory = 700000,
                MemoryLimit = 1000000,
                NetworkReceived = 740,
                NetworkSent = 11,
                BlockRead = 4100,
                BlockWritten = 512,
                ProcessCount = 3,
            },
            Sample(First));
    }

    [Fact]
    public void Sample_SecondVersion_HasItsOwnNameForTheCacheAndBothMeasurements()
    {
        var at = new DateTimeOffset(2026, 11, 21, 16, 15, 29, TimeSpan.Zero);

        Assert.Equal(
            new ContainerSample
            {
                ReadAt = at,
                Cpu = new CpuSample(at, 200, 4000, 4),
                PreviousCpu = new CpuSample(at.AddSeconds(-1), 100, 3000, 4),
                Memory = 4000,
                MemoryLimit = long.MaxValue,
                BlockRead = 0,
                BlockWritten = 0,
                ProcessCount = 1,
            },
            Sample(Second));
    }

    [Fact]
    public void Sample_Windows_CountsInUnitsOf100Nanoseconds()
    {
        var at = new DateTimeOffset(2026, 11, 21, 16, 15, 29, TimeSpan.Zero);

        Assert.Equal(
            new ContainerSample
            {
                ReadAt = at,
                Cpu = new CpuSample(at, 30_000, null, 2),
                PreviousCpu = new CpuSample(at.AddSeconds(-1), 10_000, null, 2),
                Memory = 4096,
                BlockRead = 7,
                BlockWritten = 8,
            },
            Sample(Windows));
    }

    [Fact]
    public void Sample_NullsInside_AreLeftOut()
    {
        var sample = Sample(
            """
            {"read":"2026-11-21T16:15:29Z","cpu_stats":{},"networks":{"eth0":null,"eth1":{"rx_bytes":4,"tx_bytes":1}},
             "blkio_stats":{"io_service_bytes_recursive":[null,{"op":"Read","value":5}]}}
            """);

        Assert.Equal((4L, 1L, 5L, 0L), (sample!.NetworkReceived, sample.NetworkSent, sample.BlockRead, sample.BlockWritten));
    }

    [Fact]
    public void Sample_DoesNotRun_IsNone() => Assert.Null(Sample(Stopped));

    private static ContainerSample? Sample(string json) => StatsMapper.Sample(JsonSerializer.Deserialize(json, DockerJsonContext.Default.ContainerStatsResponse)!);
}
