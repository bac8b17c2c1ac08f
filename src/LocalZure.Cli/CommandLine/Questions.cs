using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.CommandLine;

/// <summary>Asks before data goes.</summary>
internal static class Questions
{
    /// <summary>The services that the user wants it for. Asks on the terminal for each.</summary>
    /// <param name="services">The services.</param>
    /// <param name="describe">What will happen to one.</param>
    /// <param name="subject">What has to be asked, for the error where nobody can be.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when there is no terminal.</exception>
    public static async Task<IReadOnlyList<Service>> ApproveAsync(IReadOnlyList<Service> services, Func<Service, string> describe, Func<Service, string> subject, CancellationToken cancellationToken)
    {
        var approved = new List<Service>();
        foreach (var service in services)
        {
            if (Console.IsInputRedirected || Console.IsErrorRedirected)
            {
                throw ServiceText.Unasked(subject(service));
            }

            await Console.Error.WriteAsync($"{ServiceText.Of(service.Name, service.Instance)}: {describe(service).TrimEnd('.')}? [y/N] ").ConfigureAwait(false);
            var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (answer?.Trim() is "y" or "Y" or "yes")
            {
                approved.Add(service);
            }
        }

        return approved;
    }
}
