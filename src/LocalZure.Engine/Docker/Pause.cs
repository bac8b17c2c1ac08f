namespace LocalZure.Engine.Docker;

/// <summary>The arithmetic of growing pauses.</summary>
internal static class Pause
{
    /// <summary>The pause after this one: twice as long, up to the limit.</summary>
    public static TimeSpan Longer(TimeSpan pause, DockerLimits limits) =>
        pause * 2 < limits.LongestPoll ? pause * 2 : limits.LongestPoll;
}
