namespace LocalZure.Engine.Graph;

/// <summary>How a service is coloured.</summary>
internal enum NodeTone
{
    /// <summary>It does not run.</summary>
    Absent,

    /// <summary>It is usable.</summary>
    Good,

    /// <summary>It is about to be usable, or nobody can say.</summary>
    Between,

    /// <summary>It has failed or is not usable.</summary>
    Bad,
}
