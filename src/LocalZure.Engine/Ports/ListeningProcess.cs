namespace LocalZure.Engine.Ports;

/// <summary>A process that listens on a port.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Name">Its name.</param>
internal sealed record ListeningProcess(int Pid, string Name);
