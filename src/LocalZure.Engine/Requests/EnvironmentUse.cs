namespace LocalZure.Engine.Requests;

/// <summary>The use of an environment, from <see cref="LocalZureEngine.AcquireEnvironmentAsync"/> to <see cref="LocalZureEngine.ReleaseEnvironmentAsync"/>.</summary>
/// <param name="Name">The environment's name, which is the instance of its services.</param>
/// <param name="Id">Tells this use from others of the same environment.</param>
/// <param name="Environment">What was there when the use began, with the services that it has asked for.</param>
public sealed record EnvironmentUse(string Name, string Id, EnvironmentInfo Environment);
