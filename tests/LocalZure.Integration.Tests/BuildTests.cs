using LocalZure.Engine.Events;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Images that are built from a folder.</summary>
public sealed class BuildTests
{
    private const string TwoStages = $"""
        FROM {Requirements.BusyboxImage} AS first
        ARG GREETING=none
        COPY . /in/
        RUN echo "$GREETING" > /greeting && echo dev > /stage
        FROM first
        RUN echo last > /stage
        """;

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Ensure_TargetAndArguments_AreBuiltAndLabelled()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", TwoStages);
        lab.Write("file", "content");
        lab.Write("ignored", "content");
        lab.Write(".dockerignore", "ignored\n");

        var (image, steps) = await lab.EnsureAsync(lab.Build() with { Target = "first", Arguments = new Dictionary<string, string> { ["GREETING"] = "hello" } });

        Assert.Matches($"\\Alocalzure/{lab.Service}:[0-9a-f]{{16}}\\z", image);
        Assert.Equal("hello\ndev\nDockerfile\nfile", await BuildLab.RunAsync(image, "sh", "-c", "cat /greeting /stage; ls /in"));
        Assert.Equal($"{lab.Service} shop", await Command.DockerAsync("image", "inspect", "-f", "{{index .Config.Labels \"localzure.built-for\"}} {{index .Config.Labels \"localzure.built-in\"}}{{index .Config.Labels \"localzure.managed\"}}{{index .Config.Labels \"localzure.service\"}}", image));
        Assert.Contains(steps, step => step.StartsWith("step 1/", StringComparison.Ordinal) && step.EndsWith($": FROM {Requirements.BusyboxImage} AS first", StringComparison.Ordinal));
        Assert.Contains(steps, step => step.StartsWith("step 3/", StringComparison.Ordinal) && step.EndsWith(": COPY . /in/", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("hello", StringComparison.Ordinal));
    }

    [DockerFact]
    public async Task Ensure_SecondTime_BuildsOnlyWhatHasChanged()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", TwoStages);
        lab.Write("file", "one");

        var first = await lab.EnsureAsync();
        var second = await lab.EnsureAsync(builder: lab.NewBuilder());
        lab.Write("file", "two");
        var changed = await lab.EnsureAsync();
        var always = await lab.EnsureAsync(lab.Build() with { Always = true });

        Assert.Equal((first.Image, 0), (second.Image, second.Steps.Count));
        Assert.NotEqual(first.Image, changed.Image);
        Assert.Equal(changed.Image, always.Image);
        Assert.Equal("two", await BuildLab.RunAsync(always.Image, "cat", "/in/file"));
        Assert.DoesNotContain(always.Steps, step => step.Contains("Using cache", StringComparison.Ordinal));
        Assert.NotEmpty(always.Steps);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Ensure_ManyAtOnceFromTwoShells_BuildsOnce()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", TwoStages);
        var other = lab.NewBuilder();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => lab.EnsureAsync(builder: number % 2 == 0 ? other : null)));

        Assert.Single(all.Select(one => one.Image).Distinct());
        Assert.Equal(1, all.Count(one => one.Steps.Count > 0));
    }

    [DockerFact]
    public async Task Ensure_CommandThatFails_GivesStepExitCodeAndOutputWithoutTheArgument()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", $"""
            FROM {Requirements.BusyboxImage}
            ARG TOKEN
            RUN echo "{lab.Service} cannot sign in with $TOKEN" && exit 3
            """);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.EnsureAsync(lab.Build() with { Arguments = new Dictionary<string, string> { ["TOKEN"] = "s3cr3t-t0ken" } }));

        Assert.Equal((ErrorCode.BuildFailed, 3), (error.Code, error.ExitCode));
        Assert.Contains(", 'RUN echo ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{lab.Service} cannot sign in with ***", error.Evidence);
        Assert.DoesNotContain("s3cr3t-t0ken", error.ToString() + string.Join('\n', error.Evidence), StringComparison.Ordinal);
        Assert.Empty(await lab.StepsThatRunAsync());
    }

    [DockerFact]
    public async Task Ensure_MistakeInTheDockerfile_IsNamed()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", $"FROM {Requirements.BusyboxImage}\nFORM x\n");

        var mistake = await Assert.ThrowsAsync<LocalZureException>(() => lab.EnsureAsync());
        lab.Write("Dockerfile", TwoStages);
        var stage = await Assert.ThrowsAsync<LocalZureException>(() => lab.EnsureAsync(lab.Build() with { Target = "nope" }));
        lab.Write("Dockerfile", "FROM 127.0.0.1:1/nobody/nothing:1\n");
        var missing = await Assert.ThrowsAsync<LocalZureException>(() => lab.EnsureAsync());

        Assert.True(mistake.Code == ErrorCode.BuildFailed && mistake.Message.Contains("FORM", StringComparison.Ordinal), mistake.Message);
        Assert.True(stage.Code == ErrorCode.BuildFailed && stage.Message.Contains("nope", StringComparison.Ordinal), stage.Message);
        Assert.True(missing.Code == ErrorCode.ImagePullFailed && missing.Message.Contains("127.0.0.1:1/nobody/nothing:1", StringComparison.Ordinal), missing.Message);
    }

    [DockerFact]
    public async Task Ensure_TooSlow_IsATimeoutAndEndsTheStep()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", $"FROM {Requirements.BusyboxImage}\nRUN echo {lab.Service} && sleep 300\n");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.EnsureAsync(lab.Build() with { Limit = TimeSpan.FromSeconds(3) }));

        Assert.Equal((ErrorCode.BuildTimeout, $"The image of {lab.Service} was not built within 3 s."), (error.Code, error.Message));
        await Eventually.IsEmptyAsync(lab.StepsThatRunAsync);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Ensure_CancelledInAStep_LeavesNothingRunning()
    {
        await using var lab = await BuildLab.OpenAsync();
        lab.Write("Dockerfile", $"FROM {Requirements.BusyboxImage}\nRUN echo {lab.Service} && sleep 300\n");
        using var cancel = new CancellationTokenSource();
        var events = new StepWatch(status => status.EndsWith($": {lab.Service}", StringComparison.Ordinal), cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Builder.EnsureAsync(lab.Runtime, lab.Build(), events, cancel.Token));

        await Eventually.IsEmptyAsync(lab.StepsThatRunAsync);
        lab.Write("Dockerfile", TwoStages);
        Assert.NotEmpty((await lab.EnsureAsync()).Steps);
    }

    /// <summary>Cancels at a step.</summary>
    private sealed class StepWatch(Func<string, bool> isIt, CancellationTokenSource cancel) : IProgress<LifecycleEvent>
    {
        public void Report(LifecycleEvent value)
        {
            if (value is StepProgressed step && isIt(step.Status))
            {
                cancel.Cancel();
            }
        }
    }
}
