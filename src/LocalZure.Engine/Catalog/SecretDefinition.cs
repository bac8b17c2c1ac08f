namespace LocalZure.Engine.Catalog;

/// <summary>
/// A secret that LocalZure makes for each instance of a service, for example the password of a database's administrator. A text
/// names it as <c>{secret.NAME}</c>, or as <c>{secret.SERVICE.NAME}</c> when it is that of a service it depends on.
/// </summary>
/// <param name="Name">Its name within the service, for example <c>password</c>.</param>
/// <param name="Variable">The environment variable by which the container is given it, for example <c>POSTGRES_PASSWORD</c>. Never an argument of a command.</param>
internal sealed record SecretDefinition(string Name, string Variable);
