namespace LocalZure.Engine.Requests;

/// <summary>What a service is waited for to be.</summary>
public enum WaitTarget
{
    /// <summary>All of its probes pass.</summary>
    Healthy,

    /// <summary>It runs, usable or not.</summary>
    Running,

    /// <summary>It does not run: it was stopped, has ended or is not there.</summary>
    Stopped,
}
