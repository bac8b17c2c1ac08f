using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Doctor;

/// <summary>What one call of the doctor looks at. What several checks need is found once.</summary>
internal sealed class Patient : IAsyncDisposable
{
    private readonly IContainerRuntimeConnector _connector;
    private readonly ServiceReader _reader;
    private readonly OrphanCommand _orphans;
    private readonly CancellationToken _callEnds;
    private readonly Lazy<Task<EngineLook>> _engine;
    private readonly Lazy<Task<ProjectLook>> _project;
    private readonly Lazy<Task<RuntimeMachine>> _machine;

    /// <summary>Creates one. Nothing is looked at yet.</summary>
    /// <param name="options">The home, the environment and the clock.</param>
    /// <param name="request">What to look at.</param>
    /// <param name="connector">Finds the container engine.</param>
    /// <param name="reader">Finds services of ours.</param>
    /// <param name="orphans">Finds what is left over.</param>
    /// <param name="callEnds">Ends what several checks wait for.</param>
    public Patient(EngineOptions options, PrerequisiteRequest request, IContainerRuntimeConnector connector, ServiceReader reader, OrphanCommand orphans, CancellationToken callEnds)
    {
        Options = options;
        Request = request;
        _connector = connector;
        _reader = reader;
        _orphans = orphans;
        _callEnds = callEnds;
        _engine = new Lazy<Task<EngineLook>>(ConnectAsync);
        _project = new Lazy<Task<ProjectLook>>(LoadAsync);
        _machine = new Lazy<Task<RuntimeMachine>>(ReadMachineAsync);
    }

    /// <summary>The home, the environment and the clock.</summary>
    public EngineOptions Options { get; }

    /// <summary>What to look at.</summary>
    public PrerequisiteRequest Request { get; }

    /// <summary>A fresh connection to the container engine.</summary>
    public Task<EngineLook> EngineAsync(CancellationToken cancellationToken) => _engine.Value.WaitAsync(cancellationToken);

    /// <summary>The machine of the engine, which must be there.</summary>
    public Task<RuntimeMachine> MachineAsync(CancellationToken cancellationToken) => _machine.Value.WaitAsync(cancellationToken);

    /// <summary>The services that are meant.</summary>
    public Task<ProjectLook> ProjectAsync(CancellationToken cancellationToken) => _project.Value.WaitAsync(cancellationToken);

    /// <summary>The services of ours that are there.</summary>
    public Task<IReadOnlyList<Service>> ServicesAsync(CancellationToken cancellationToken) =>
        _reader.ReadAsync(new ServiceQuery(), NoListener.Instance, cancellationToken);

    /// <summary>What has no reason to exist any more.</summary>
    public Task<IReadOnlyList<Orphan>> OrphansAsync(CancellationToken cancellationToken) =>
        _orphans.FindAsync(null, NoListener.Instance, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated && await Task.WhenAny(_engine.Value).ConfigureAwait(false) is { IsCompletedSuccessfully: true } look && (await look.ConfigureAwait(false)).Runtime is { } runtime)
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<EngineLook> ConnectAsync()
    {
        try
        {
            return new EngineLook(await _connector.ConnectAsync(_callEnds).ConfigureAwait(false), null);
        }
        catch (LocalZureException e)
        {
            return new EngineLook(null, e);
        }
    }

    private async Task<RuntimeMachine> ReadMachineAsync() => await (await _engine.Value.ConfigureAwait(false)).Runtime!.ReadMachineAsync(_callEnds).ConfigureAwait(false);

    private async Task<ProjectLook> LoadAsync()
    {
        try
        {
            var project = await new ProjectLoader(Options.Environment, Options.Home, Options.FindDefinition).LoadAsync(Request.Configuration, _callEnds).ConfigureAwait(false);
            return Request.Names.Count == 0 && project.Enabled.Count == 0
                ? new ProjectLook([], null)
                : new ProjectLook(DesiredServiceBuilder.Build(new StartRequest { Names = Request.Names }, project), null);
        }
        catch (LocalZureException e)
        {
            return new ProjectLook([], e);
        }
    }
}
