using LocalZure.Engine.Events;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Removes environments that the user has chosen.</summary>
internal sealed class EnvironmentCommand
{
    private const int AtOnce = 4;

    private readonly EnvironmentUses _uses;

    /// <summary>Creates one.</summary>
    public EnvironmentCommand(EnvironmentUses uses) => _uses = uses;

    /// <summary>Removes environments whole, one failure not standing in the way of the others.</summary>
    /// <param name="environments">The environments, as they were found.</param>
    /// <param name="events">Told what happens and what stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<EnvironmentOutcome>> RemoveAsync(IReadOnlyList<EnvironmentInfo> environments, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var outcomes = new EnvironmentOutcome[environments.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, environments.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, token) => outcomes[index] = await RemoveOneAsync(environments[index], events, token).ConfigureAwait(false)).ConfigureAwait(false);
        return outcomes;
    }

    /// <summary>Why nothing was found of environments that were asked for by their exact names. Pure.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="found">What was found.</param>
    /// <param name="unseen">Why the engine that the user names could not be looked at; null when it could.</param>
    public static IReadOnlyList<EnvironmentOutcome> ExplainMissing(EnvironmentQuery query, IReadOnlyList<EnvironmentInfo> found, LocalZureException? unseen) =>
        query.Names.Where(name => !Instances.IsPattern(name) && !found.Any(environment => string.Equals(environment.Name ?? "", name, StringComparison.OrdinalIgnoreCase)))
            .Select(name => new EnvironmentOutcome(
                new EnvironmentInfo { Name = name.Length == 0 ? null : name },
                unseen ?? new LocalZureException(ErrorCode.EnvironmentUnknown, name.Length == 0 ? "There is nothing of the unnamed instance." : $"There is no environment named '{name}'.")))
            .ToList();

    private async Task<EnvironmentOutcome> RemoveOneAsync(EnvironmentInfo environment, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await _uses.RemoveAsync(environment.Name, events, cancellationToken).ConfigureAwait(false);
            return new EnvironmentOutcome(environment, null);
        }
        catch (LocalZureException e)
        {
            return new EnvironmentOutcome(environment, e);
        }
    }
}
