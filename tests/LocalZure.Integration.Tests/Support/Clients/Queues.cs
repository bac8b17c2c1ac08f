using Azure.Storage.Queues;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Sends and receives with the real SDK through the connection string that a service came with.</summary>
internal static class Queues
{
    /// <summary>Sends messages, receives until there are none, and fails unless exactly those came, in order.</summary>
    public static async Task SendAndReceiveAsync(Service service, int count)
    {
        var queue = new QueueServiceClient(service.ConnectionString).GetQueueClient("lab");
        await queue.CreateIfNotExistsAsync();
        var sent = Enumerable.Range(0, count).Select(index => $"message {index} – ü").ToList();
        foreach (var text in sent)
        {
            await queue.SendMessageAsync(text);
        }

        List<string> received = [];
        while ((await queue.ReceiveMessagesAsync(maxMessages: 32)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                received.Add(message.Body.ToString());
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        Assert.Equal(sent, received);
    }
}
