namespace LocalZure.Engine.Catalog;

/// <summary>What kind of entities a messaging emulator has.</summary>
internal enum MessagingKind
{
    /// <summary>Queues, and topics with subscriptions.</summary>
    ServiceBus,

    /// <summary>Event hubs with consumer groups.</summary>
    EventHubs,
}
