namespace LocalZure.Engine.Catalog;

/// <summary>A licence that a service asks its user to accept before it runs.</summary>
/// <param name="Name">What is accepted, for example <c>the end-user license agreement of SQL Server</c>.</param>
/// <param name="Link">Where it can be read.</param>
/// <param name="Variable">The environment variable that says so, for example <c>ACCEPT_EULA</c>.</param>
/// <param name="Value">Its value, for example <c>Y</c>.</param>
internal sealed record LicenseDefinition(string Name, string Link, string Variable, string Value);
