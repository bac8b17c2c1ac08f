using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Catalog;

/// <summary>An emulator that reads its entities from a file when it starts.</summary>
/// <param name="File">The name of the file among those of the service.</param>
/// <param name="Kind">What kind of entities it has.</param>
internal sealed record MessagingInit(string File, MessagingKind Kind)
{
    /// <summary>The file's content for given entities.</summary>
    public Func<InitContent, string> Config => Kind == MessagingKind.ServiceBus ? MessagingConfig.ServiceBus : MessagingConfig.EventHubs;
}
