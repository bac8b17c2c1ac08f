namespace LocalZure.Integration.Tests.Support;

/// <summary>Runs a theory in host mode, as on a machine without Docker; skipped with the reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnHostAttribute : ModeDataAttribute
{
    public OnHostAttribute(params object[] more)
        : base(ServiceMode.Host, more)
    {
    }
}
