using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Protocol;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Publishes and receives through the connection string that a service came with, each time in a connection of its own.</summary>
internal static class Mqtt
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Publishes a message that the broker has confirmed and keeps for whoever subscribes later.</summary>
    public static async Task PublishRetainedAsync(Service service, string topic, string text)
    {
        using var client = await ConnectAsync(service);
        var result = await client.PublishStringAsync(topic, text, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        Assert.True(result.IsSuccess, result.ReasonString);
        await client.DisconnectAsync();
    }

    /// <summary>All messages that the broker keeps, as <c>topic=text</c> in order.</summary>
    public static async Task<IReadOnlyList<string>> RetainedAsync(Service service)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var client = await ConnectAsync(service);
        var received = new ConcurrentQueue<string>();
        var end = new TaskCompletionSource();
        var marker = $"end/{Guid.NewGuid():n}";
        client.ApplicationMessageReceivedAsync += message =>
        {
            if (message.ApplicationMessage.Topic == marker)
            {
                end.TrySetResult();
            }
            else
            {
                received.Enqueue($"{message.ApplicationMessage.Topic}={message.ApplicationMessage.ConvertPayloadToString()}");
            }

            return Task.CompletedTask;
        };
        await client.SubscribeAsync("#", MqttQualityOfServiceLevel.AtLeastOnce, deadline.Token);

        // The broker sends what it keeps when it confirms the subscription, so that this comes after it.
        await client.PublishStringAsync(marker, "", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: deadline.Token);
        await end.Task.WaitAsync(deadline.Token);
        await client.DisconnectAsync(cancellationToken: deadline.Token);
        return received.Order(StringComparer.Ordinal).ToList();
    }

    private static async Task<IMqttClient> ConnectAsync(Service service)
    {
        var factory = new MqttClientFactory();
        var client = factory.CreateMqttClient();
        var options = factory.CreateClientOptionsBuilder().WithConnectionUri(service.ConnectionString!).WithTimeout(Deadline).Build();
        await client.ConnectAsync(options);
        return client;
    }
}
