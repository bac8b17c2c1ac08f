namespace LocalZure.Engine.Docker.Wire;

/// <summary>An object of which only the existence counts. Written, it is <c>{}</c>.</summary>
internal sealed record IgnoredBody;
