using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Doctor;
using LocalZure.Engine.Doctor.Bundle;
using LocalZure.Engine.Events;
using LocalZure.Engine.Export;
using LocalZure.Engine.Graph;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Journal;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Sessions;
using LocalZure.Engine.Logs;
using LocalZure.Engine.Monitoring;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine;

/// <summary>
/// The engine: starts, finds, stops and looks after services. Safe to use from many threads at once. Everything it knows of
/// what runs comes from labels and from the registry in the LocalZure home, so that any other engine sees the same.
/// </summary>
public sealed class LocalZureEngine : IAsyncDisposable
{
    private readonly RuntimeProvider _runtimes;
    private readonly StartCommand _start;
    private readonly StopCommand _stop;
    private readonly RestartCommand _restart;
    private readonly SuspendCommand _suspend;
    private readonly WaitCommand _wait;
    private readonly CatalogCommand _catalog;
    private readonly ServiceReader _reader;
    private readonly HealthChecker _health;
    private readonly LogReader _logs;
    private readonly LogForwarder? _forwarder;
    private readonly StatReader _stats;
    private readonly EventReader _events;
    private readonly GraphCommand _graph;
    private readonly ServiceMonitor _monitor;
    private readonly OrphanCommand _orphans;
    private readonly EnvironmentReader _environments;
    private readonly EnvironmentUses _environmentUses;
    private readonly WatchCommand _watch;
    private readonly ConfigurationCommand _configuration;
    private readonly SessionWatch _sessions;
    private readonly EngineOptions _options;
    private readonly IContainerRuntimeConnector _connector;
    private readonly ErrorJournal _journal;
    private readonly FailureRecorder _failures;
    private readonly FailureRecorder _diagnosis;

    /// <summary>Creates one. Nothing is connected to or written yet.</summary>
    /// <param name="options">What the host of the engine decides.</param>
    public LocalZureEngine(EngineOptions options)
        : this(options, new DockerConnector(options.Environment, EngineOptions.UserHome(), options.Time))
    {
    }

    internal LocalZureEngine(EngineOptions options, IContainerRuntimeConnector connector)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _connector = connector;
        var time = options.Time;
        _journal = new ErrorJournal(options.Home, time);
        _failures = new FailureRecorder(_journal, time, options.Home, () => Trust.CheckHome(options.Home, options.Environment));
        _diagnosis = new FailureRecorder(_journal, time, options.Home);
        var watchers = new WatcherRegistry(options.Home, time);
        _sessions = new SessionWatch(options, watchers);
        var runner = new HostProcessRunner(time);
        var host = new HostServices(new HostProcessRegistry(options.Home, time), runner, HostToolList.Create(options), new HostPaths(options.Home), time) { Activity = new ActivityNotes(options.Home, time) };
        var operations = new OperationRegistry(options.Home);
        var observer = new StateObserver(host.Registry, runner, operations, time);
        var services = new LifecycleServices
        {
            Home = options.Home,
            Time = time,
            Observer = observer,
            Operations = operations,
            FindDefinition = options.FindDefinition,
            Sessions = _sessions,
            HasSession = options.HasSession,
            Environment = options.Environment,
            PortAllocator = new Lazy<PortAllocator>(() => new PortAllocator(PortRange.Parse(options.Environment["LOCALZURE_PORT_RANGE"]), EphemeralPorts.Range, Random.Shared)),
        };
        _runtimes = new RuntimeProvider(connector, observer, time);
        _reader = new ServiceReader(_runtimes, options.Environment, new VolumeReader(host.Paths), services.SecretReader);
        _start = new StartCommand(_runtimes, services, host, options.Environment);
        _stop = new StopCommand(_runtimes, services, host);
        _restart = new RestartCommand(_runtimes, services, host);
        _suspend = new SuspendCommand(_runtimes, services, host);
        _health = new HealthChecker(_reader, host, time);
        var projects = new ProjectLoader(options.Environment, options.Home, options.FindDefinition);
        _wait = new WaitCommand(_reader, _health, time, projects: projects);
        _catalog = new CatalogCommand(projects);
        _logs = new LogReader(_reader, _runtimes, host, operations, services.FailedLogs);
        _forwarder = options.ContainerLogs is { } sink ? new LogForwarder(sink, _runtimes, host, operations) : null;
        _stats = new StatReader(_runtimes, runner, time);
        _events = new EventReader(_runtimes, new NotedEvents(options.Home, host), ServiceCatalog.UsersOf, time);
        _graph = new GraphCommand(projects, _health);
        _monitor = new ServiceMonitor(_health, _stats, time);
        _environments = new EnvironmentReader(_reader, services.EnvironmentUsers, time);
        _environmentUses = new EnvironmentUses(services, _environments, new EnvironmentRemover(_reader, _stop, services), _start, options.Environment);
        _orphans = new OrphanCommand(_runtimes, services, host, _environmentUses);
        _configuration = new ConfigurationCommand(options);
        _watch = new WatchCommand(_runtimes, services, host, watchers, _environmentUses);
    }

    /// <summary>The services that can be started by name.</summary>
    public static IReadOnlyList<ServiceDefinitionInfo> Catalog { get; } = ServiceCatalog.All.Select(CatalogInfo.Of).ToList();

    /// <summary>The time between two looks of <see cref="WatchHealthAsync"/> when nobody says another.</summary>
    public static TimeSpan UsualInterval { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc cref="CatalogCommand.FindAsync"/>
    public Task<IReadOnlyList<ServiceDefinitionInfo>> FindAvailableAsync(IReadOnlyList<string> names, ConfigurationRequest? configuration, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("FindAvailable", () => _catalog.FindAsync(names, configuration, events, cancellationToken), cancellationToken);

    /// <inheritdoc cref="CatalogCommand.ExplainMissingAsync"/>
    public Task<IReadOnlyList<ServiceOutcome>> ExplainMissingAsync(ServiceQuery query, IEnumerable<string> found, LocalZureException? unseen, ConfigurationRequest? configuration, CancellationToken cancellationToken) =>
        _failures.RunAsync("Find", () => _catalog.ExplainMissingAsync(query, found, unseen, configuration, cancellationToken), cancellationToken);

    /// <summary>Starts services, independent ones at the same time, and returns when each is usable or has failed.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="events">Told what happens, from any thread.</param>
    /// <param name="cancellationToken">Ends the starts; what they created is removed before the call ends.</param>
    /// <returns>One outcome per requested service, in the order of the request.</returns>
    /// <exception cref="LocalZureException">The request itself is wrong, so that nothing was tried.</exception>
    public Task<IReadOnlyList<ServiceOutcome>> StartAsync(StartRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Start", () => _start.RunAsync(request, Watched(events), cancellationToken), cancellationToken);

    /// <summary>What <see cref="StartAsync"/> would do with a request. Nothing is changed.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="events">Told what could not be looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">The request itself is wrong.</exception>
    public Task<IReadOnlyList<PlannedStart>> PlanAsync(StartRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Plan", () => _start.PlanAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>Finds services, by name and then instance. Nothing is probed.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<Service>> GetAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Get", () => _reader.ReadAsync(query, events, cancellationToken), cancellationToken);

    /// <summary>Stops services at the same time: asks, waits, kills, removes.</summary>
    /// <param name="request">What to stop.</param>
    /// <param name="events">Told what happens, from any thread.</param>
    /// <param name="cancellationToken">Ends the waiting; what was asked to end goes on ending.</param>
    /// <returns>One outcome per service, in the order of the request; a service as it is afterwards.</returns>
    public Task<IReadOnlyList<ServiceOutcome>> StopAsync(StopRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Stop", () => _stop.RunAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>Ends services and starts them again where they were: the same container, ports, settings and data. Stopped ones are started.</summary>
    /// <param name="request">What to restart.</param>
    /// <param name="events">Told what happens, from any thread.</param>
    /// <param name="cancellationToken">Ends the call; what was ended and not started again stays stopped.</param>
    /// <returns>One outcome per service, in the order of the request.</returns>
    /// <exception cref="LocalZureException">The request itself is wrong, so that nothing was ended.</exception>
    public Task<IReadOnlyList<ServiceOutcome>> RestartAsync(RestartRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Restart", () => _restart.RunAsync(request, empty: false, Watched(events), cancellationToken), cancellationToken);

    /// <summary>The same as <see cref="RestartAsync"/>, but without their data. Folders of this machine that were mounted stay as they are.</summary>
    /// <inheritdoc cref="RestartAsync"/>
    public Task<IReadOnlyList<ServiceOutcome>> ResetAsync(RestartRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Reset", () => _restart.RunAsync(request, empty: true, Watched(events), cancellationToken), cancellationToken);

    /// <summary>Freezes services; those that are frozen already stay so.</summary>
    /// <param name="services">The services, as <see cref="GetAsync"/> gave them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One outcome per service, in the order of the request.</returns>
    public Task<IReadOnlyList<ServiceOutcome>> SuspendAsync(IReadOnlyList<Service> services, CancellationToken cancellationToken) =>
        _failures.RunAsync("Suspend", () => _suspend.RunAsync(services, freeze: true, cancellationToken), cancellationToken);

    /// <summary>Lets frozen services go on; those that run stay as they are.</summary>
    /// <inheritdoc cref="SuspendAsync"/>
    public Task<IReadOnlyList<ServiceOutcome>> ResumeAsync(IReadOnlyList<Service> services, CancellationToken cancellationToken) =>
        _failures.RunAsync("Resume", () => _suspend.RunAsync(services, freeze: false, cancellationToken), cancellationToken);

    /// <summary>Waits until services are healthy, run or do not run. Nothing is started.</summary>
    /// <param name="request">What to wait for.</param>
    /// <param name="events">Told what could not be looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One outcome per service; a time-out is the failure of each that has not come so far.</returns>
    /// <exception cref="LocalZureException">The request itself is wrong.</exception>
    public Task<IReadOnlyList<ServiceOutcome>> WaitAsync(WaitRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Wait", () => _wait.RunAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>Runs the probes of services now.</summary>
    /// <param name="query">Which services; those that do not run are included.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<ServiceHealth>> CheckHealthAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("CheckHealth", () => _health.CheckAsync(query, events, cancellationToken), cancellationToken);

    /// <summary>Runs the probes again and again, and gives the health of a service when it is first seen and whenever its status changes.</summary>
    /// <param name="query">Which services.</param>
    /// <param name="interval">The time between two looks.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<ServiceHealth> WatchHealthAsync(ServiceQuery query, TimeSpan interval, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.Watch("WatchHealth", _health.WatchAsync(query, interval, events, cancellationToken), cancellationToken);

    /// <summary>
    /// Reads the output of services in the order of time. A follow goes on over restarts of services and of the daemon, takes in services
    /// that come later, and ends when none of them runs any more. Of a service that is not there the output is read that a failed start has left.
    /// </summary>
    /// <param name="request">Which lines of which services.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<LogEntry> ReadLogAsync(LogRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.Watch("ReadLog", _logs.ReadAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>The names of services of which the output of a failed start was kept, the last one of each.</summary>
    /// <param name="query">Which services.</param>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public IReadOnlyList<string> FindFailedLogs(ServiceQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _logs.FindFailed(query);
    }

    /// <summary>Measures what services use: twice, the interval of the request apart, since a processor share needs two measurements.</summary>
    /// <param name="request">Which services.</param>
    /// <param name="events">Told what could not be measured.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">ParameterInvalid or NameInvalid.</exception>
    public Task<IReadOnlyList<ContainerStat>> GetStatAsync(StatRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("GetStat", () => _stats.ReadAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>The same again and again, over restarts of containers and of the container engine; services that are started join.</summary>
    /// <inheritdoc cref="GetStatAsync"/>
    public IAsyncEnumerable<ContainerStat> FollowStatAsync(StatRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.Watch("FollowStat", _stats.FollowAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>
    /// Reads what has happened to services, in the order of time, or goes on with what comes. Docker keeps the last 256 events of
    /// all kinds, and none over its own restart; LocalZure keeps the last 500 of those that it notes itself.
    /// </summary>
    /// <param name="request">Which events.</param>
    /// <param name="events">Told when Docker could not be asked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public IAsyncEnumerable<Event> ReadEventsAsync(EventRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _failures.Watch("ReadEvents", _events.ReadAsync(request, events, cancellationToken), cancellationToken);
    }

    /// <summary>Tells which services need which: those of a configuration and those that are there, probed.</summary>
    /// <param name="request">Which services.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">ConfigInvalid, ConfigNotFound, DependencyCycle or ServiceUnknown.</exception>
    public Task<IReadOnlyList<DependencyNode>> GetGraphAsync(GraphRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _failures.RunAsync("GetGraph", () => _graph.ReadAsync(request, events, cancellationToken), cancellationToken);
    }

    /// <summary>Writes a graph as a text or picture.</summary>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="format">How.</param>
    /// <param name="paint">Colours the state of a node in a tree; given the node and the text.</param>
    /// <returns>The lines of a tree; else one text.</returns>
    public static IReadOnlyList<string> RenderGraph(IReadOnlyList<DependencyNode> nodes, GraphFormat format, Func<DependencyNode, string, string> paint) => format switch
    {
        GraphFormat.Mermaid => [MermaidRenderer.Render(nodes)],
        GraphFormat.Dot => [DotRenderer.Render(nodes)],
        GraphFormat.Svg => [SvgRenderer.Render(nodes)],
        _ => TreeRenderer.Render(nodes, paint),
    };

    /// <summary>Watches health and usage, and gives what has changed and the alerts, over restarts of the container engine.</summary>
    /// <param name="request">What to watch, and from where on to raise alerts.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="LocalZureException">ParameterInvalid or NameInvalid.</exception>
    public IAsyncEnumerable<MonitorReport> MonitorAsync(MonitorRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.Watch("Monitor", _monitor.RunAsync(request, events, cancellationToken), cancellationToken);

    /// <summary>Puts the health of services together to that of their environments.</summary>
    /// <param name="services">The services, as <see cref="CheckHealthAsync"/> gave them.</param>
    public static IReadOnlyList<EnvironmentHealth> SummarizeHealth(IEnumerable<ServiceHealth> services) => EnvironmentHealthSummary.Of(services);

    /// <summary>Finds what of ours has no reason to exist, each with the reason.</summary>
    /// <param name="olderThan">Only what is at least so old; null for all.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<Orphan>> FindOrphansAsync(TimeSpan? olderThan, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("FindOrphans", () => _orphans.FindAsync(olderThan, events, cancellationToken), cancellationToken);

    /// <summary>Removes orphans, going on past single failures.</summary>
    /// <param name="orphans">The orphans, as they were found.</param>
    /// <param name="events">Told what could not be removed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Each of them with whether it is gone.</returns>
    public Task<IReadOnlyList<Orphan>> RemoveOrphansAsync(IReadOnlyList<Orphan> orphans, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("RemoveOrphans", () => _orphans.RemoveAsync(orphans, events, cancellationToken), cancellationToken);

    /// <summary>Finds environments: everything of an instance, put together from what labels and the LocalZure home tell.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="events">Told when Docker could not be looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public Task<IReadOnlyList<EnvironmentInfo>> GetEnvironmentsAsync(EnvironmentQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("GetEnvironments", () => _environments.ReadAsync(query, events, cancellationToken), cancellationToken);

    /// <summary>Removes environments whole, with their data, going on past single failures. What is not ours is left alone.</summary>
    /// <param name="environments">The environments, as they were found.</param>
    /// <param name="events">Told what happens and what stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One outcome per environment, in the order of the request.</returns>
    public Task<IReadOnlyList<EnvironmentOutcome>> RemoveEnvironmentsAsync(IReadOnlyList<EnvironmentInfo> environments, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("RemoveEnvironments", () => new EnvironmentCommand(_environmentUses).RemoveAsync(environments, events, cancellationToken), cancellationToken);

    /// <inheritdoc cref="EnvironmentCommand.ExplainMissing"/>
    /// <returns>A failure for each that is missing.</returns>
    public Task<IReadOnlyList<EnvironmentOutcome>> ExplainMissingEnvironmentsAsync(EnvironmentQuery query, IReadOnlyList<EnvironmentInfo> found, LocalZureException? unseen, CancellationToken cancellationToken) =>
        _failures.RunAsync("FindEnvironments", () => Task.FromResult(EnvironmentCommand.ExplainMissing(query, found, unseen)), cancellationToken);

    /// <summary>
    /// Begins to use an environment that goes, data included, when its last user has released it or has ended in whatever way.
    /// Without a name it is a fresh one; with a name it is shared with everybody who uses that name at the same time.
    /// </summary>
    /// <param name="request">Which environment, and what to start in it.</param>
    /// <param name="events">Told what happens, from any thread.</param>
    /// <param name="cancellationToken">Ends the call; what it began is undone before it ends.</param>
    /// <returns>The use, to be given to <see cref="ReleaseEnvironmentAsync"/>.</returns>
    /// <exception cref="LocalZureException">NameInvalid, NameConflict when an environment of another kind has the name, LockTimeout, or what stood in the way of a service.</exception>
    public Task<EnvironmentUse> AcquireEnvironmentAsync(EnvironmentRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _failures.RunAsync("AcquireEnvironment", () => _environmentUses.AcquireAsync(request, events, cancellationToken), cancellationToken);
    }

    /// <summary>Ends the use of an environment. The last one removes it whole.</summary>
    /// <param name="use">The use.</param>
    /// <param name="events">Told what happens, from any thread.</param>
    /// <param name="cancellationToken">Ends the call; what is left is removed by the next use, by <see cref="RemoveOrphansAsync"/> or after the end of this process.</param>
    /// <exception cref="LocalZureException">What stood in the way of the removal.</exception>
    public Task ReleaseEnvironmentAsync(EnvironmentUse use, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(use);
        return _failures.RunAsync("ReleaseEnvironment", () => _environmentUses.ReleaseAsync(use.Name, use.Id, events, cancellationToken), cancellationToken);
    }

    /// <summary>The settings that are in effect, each with where it comes from. Nothing is connected to.</summary>
    /// <param name="request">Which configuration; without a file it consists of what is left.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">ConfigInvalid with all errors as evidence, or ConfigNotFound.</exception>
    public Task<IReadOnlyList<global::LocalZure.Configuration>> GetConfigurationAsync(ConfigurationRequest request, CancellationToken cancellationToken) =>
        _failures.RunAsync("GetConfiguration", () => _configuration.GetAsync(request, cancellationToken), cancellationToken);

    /// <summary>Everything that is wrong with a configuration; empty when nothing is.</summary>
    /// <param name="request">Which configuration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">ConfigNotFound when there is no file.</exception>
    public Task<IReadOnlyList<ConfigurationError>> TestConfigurationAsync(ConfigurationRequest request, CancellationToken cancellationToken) =>
        _failures.RunAsync("TestConfiguration", () => _configuration.TestAsync(request, cancellationToken), cancellationToken);

    /// <summary>The text of a configuration file to start from, with the services that a folder seems to use.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string> DraftConfigurationAsync(string folder, CancellationToken cancellationToken) =>
        _failures.RunAsync("DraftConfiguration", () => _configuration.DraftAsync(folder, cancellationToken), cancellationToken);

    /// <summary>Writes a configuration file.</summary>
    /// <param name="path">The file's full path; its folder must exist.</param>
    /// <param name="text">The text.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="cancellationToken">Ends the call; the file is then written whole or not at all.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when it is there already or cannot be written.</exception>
    public Task WriteConfigurationAsync(string path, string text, bool overwrite, CancellationToken cancellationToken) =>
        _failures.RunAsync("WriteConfiguration", () => ConfigurationCommand.WriteAsync(path, text, overwrite, cancellationToken), cancellationToken);

    /// <summary>Looks for what stands in the way of services: all checks at the same time, each within its time. Nothing is changed.</summary>
    /// <param name="request">What to look at.</param>
    /// <param name="events">Told what happens, from any thread.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <returns>The results, always in the same order, each as soon as it and those before it are there.</returns>
    public IAsyncEnumerable<CheckResult> CheckPrerequisitesAsync(PrerequisiteRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(events);
        var results = new Examination(Examination.All, _options.Time).RunAsync(new Patient(_options, request, _connector, _reader, _orphans, cancellationToken), cancellationToken);
        return _diagnosis.Watch("CheckPrerequisites", results, cancellationToken);
    }

    /// <summary>Writes a support bundle: an archive of versions, checks, logs, what is known of containers and processes of ours, and the journal, without secrets.</summary>
    /// <param name="request">Where, and what the doctor has found.</param>
    /// <param name="cancellationToken">Ends the call; the file is then not there, or as it was.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when it is there already or cannot be written, or DiskFull.</exception>
    public Task WriteReportAsync(ReportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _diagnosis.RunAsync("WriteReport", () => SupportBundle.WriteAsync(request, new BundleCollector(_options, _reader, _logs, _journal), cancellationToken), cancellationToken);
    }

    /// <summary>Writes a failure into the journal that whoever hosts the engine has found himself, before a call.</summary>
    /// <param name="operation">What was to be done, for example the name of a cmdlet.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="cancellationToken">What the caller ends the call with: an end that was asked for is no failure.</param>
    public Task RecordFailureAsync(string operation, Exception failure, CancellationToken cancellationToken) => _failures.RecordAsync(operation, failure, cancellationToken);

    /// <summary>The failures that the journal keeps, the oldest first. All processes of the LocalZure home write there.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="events">Told when parts of the journal cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public Task<IReadOnlyList<ErrorEntry>> GetErrorsAsync(ErrorQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new JournalReader(_journal).ReadAsync(query, events, cancellationToken);
    }

    /// <summary>Puts failures together that have one root cause, the cause that struck last at the end.</summary>
    /// <param name="entries">The failures.</param>
    public static IReadOnlyList<ErrorGroup> GroupErrors(IEnumerable<ErrorEntry> entries) => JournalReader.Group(entries);

    /// <summary>Empties the journal.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">LockTimeout or HomeNotWritable.</exception>
    public Task ClearErrorsAsync(CancellationToken cancellationToken) => _journal.ClearAsync(cancellationToken);

    /// <summary>Puts the connection strings of services together, under the names that SDKs, Functions and Aspire read.</summary>
    /// <param name="services">The services; of two that give a name different values the first has it, unless both can be in one.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when no environment can hold a variable.</exception>
    public static CollectedVariables CollectVariables(IEnumerable<Service> services) => VariableCollector.Collect(services);

    /// <summary>The file that an export writes; null when it writes none.</summary>
    /// <param name="format">The format.</param>
    /// <param name="path">The full path that was given; null for the usual file of the format.</param>
    /// <param name="folder">The folder in which that is looked for.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when there can be no file, or it cannot be that one.</exception>
    public static string? FindExportFile(ExportFormat format, string? path, string folder) => ExportFile.Find(format, path, folder, EnvironmentSnapshot.Capture());

    /// <summary>Hands variables to an application or to the next step of a build job.</summary>
    /// <param name="request">Which ones, and how.</param>
    /// <param name="cancellationToken">Ends the call; a file is then as it was.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when a file cannot take them, which is then as it was, or DiskFull.</exception>
    public Task<ExportResult> ExportAsync(ExportRequest request, CancellationToken cancellationToken) =>
        _failures.RunAsync("Export", () => Exporter.RunAsync(request, cancellationToken), cancellationToken);

    /// <summary>
    /// What a process that was started by <see cref="WatcherCommand"/> is there for: waits for the end of the one that started it,
    /// then removes what that had started for its session. Returns when nothing of it is left.
    /// </summary>
    /// <param name="events">Told what is removed and what stands in the way.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when this process was not started so.</exception>
    public Task WatchAsync(IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        _failures.RunAsync("Watch", () => _watch.RunAsync(_options.Environment[SessionWatch.OwnerVariable] ?? "", _options.Environment[SessionWatch.NameVariable] ?? "", events, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _sessions.Dispose();
        if (_forwarder is not null)
        {
            await _forwarder.DisposeAsync().ConfigureAwait(false);
        }

        await _runtimes.DisposeAsync().ConfigureAwait(false);
    }

    private IProgress<LifecycleEvent> Watched(IProgress<LifecycleEvent> events) => _forwarder?.Watch(events) ?? events;
}
