using LocalZure.Engine.Export;

namespace LocalZure.Engine.Tests.Export;

public sealed class VariableCollectorTests
{
    private const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=" + Variables.Key + ";";

    [Fact]
    public void Collect_StorageServicesOfOneAccount_AreOneConnectionString()
    {
        var collected = VariableCollector.Collect(
        [
            Service("blob", null, ("AzureWebJobsStorage", Account + "BlobEndpoint=http://127.0.0.1:1/a;"), ("ConnectionStrings__blob", "b")),
            Service("queue", null, ("AzureWebJobsStorage", Account + "QueueEndpoint=http://127.0.0.1:2/a;"), ("ConnectionStrings__queue", "q")),
        ]);

        Assert.Equal(
            [
                new EnvironmentVariable("AzureWebJobsStorage", Account + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;", "blob, queue", null),
                new EnvironmentVariable("ConnectionStrings__blob", "b", "blob", null),
                new EnvironmentVariable("ConnectionStrings__queue", "q", "queue", null),
            ],
            collected.Variables);
        Assert.Empty(collected.Warnings);
    }

    [Theory]
    [InlineData("BlobEndpoint=http://127.0.0.1:1/a;", "BlobEndpoint=http://127.0.0.1:2/a;")]
    [InlineData("BlobEndpoint=http://127.0.0.1:1/a;EndpointSuffix=x;", "QueueEndpoint=http://127.0.0.1:2/a;")]
    public void Collect_StorageServicesThatContradict_TakesTheFirst(string first, string second)
    {
        var collected = VariableCollector.Collect([Service("blob", null, ("X", Account + first)), Service("storage", null, ("X", Account + second))]);

        Assert.Equal([new EnvironmentVariable("X", Account + first, "blob", null)], collected.Variables);
        Assert.Equal(["X is given by blob and by storage with different values; that of blob is exported."], collected.Warnings);
    }

    [Fact]
    public void Collect_TwoInstances_AreNeverMixed()
    {
        var collected = VariableCollector.Collect(
            [Service("blob", "a", ("X", Account + "BlobEndpoint=x;")), Service("queue", "b", ("x", Account + "QueueEndpoint=y;"))]);

        Assert.Equal([new EnvironmentVariable("X", Account + "BlobEndpoint=x;", "blob", "a")], collected.Variables);
        Assert.Equal(["x is given by blob (instance a) and by queue (instance b) with different values; that of blob (instance a) is exported."], collected.Warnings);
    }

    [Fact]
    public void Collect_TheSameValueTwice_IsOneWithoutAWarning()
    {
        var collected = VariableCollector.Collect([Service("redis", null, ("REDIS_URL", "r")), Service("valkey", null, ("REDIS_URL", "r"))]);

        Assert.Equal([new EnvironmentVariable("REDIS_URL", "r", "redis", null)], collected.Variables);
        Assert.Empty(collected.Warnings);
    }

    [Theory]
    [InlineData("A B", "x")]
    [InlineData("A=B", "x")]
    [InlineData("A\nB", "x")]
    [InlineData("A<<B", "x")]
    [InlineData("A", "s3cret\0")]
    public void Collect_WhatNoEnvironmentHolds_IsRefusedWithoutTheValue(string name, string value)
    {
        var error = Assert.Throws<LocalZureException>(() => VariableCollector.Collect([Service("blob", null, (name, value))]));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    private static Service Service(string name, string? instance, params (string Name, string Value)[] variables) => new()
    {
        Name = name,
        Instance = instance,
        ContainerName = name,
        Mode = ServiceMode.Docker,
        State = ServiceState.Running,
        ConnectionStrings = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
    };
}
