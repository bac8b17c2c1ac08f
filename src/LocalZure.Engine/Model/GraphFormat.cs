namespace LocalZure;

/// <summary>How a graph is written.</summary>
public enum GraphFormat
{
    /// <summary>Lines for people, what is needed below what needs it.</summary>
    Tree,

    /// <summary>A flow chart of Mermaid, which Markdown pages of GitHub and Azure DevOps show.</summary>
    Mermaid,

    /// <summary>The language of Graphviz.</summary>
    Dot,

    /// <summary>A picture.</summary>
    Svg,
}
