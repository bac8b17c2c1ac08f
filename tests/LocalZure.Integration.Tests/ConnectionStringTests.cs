using System.Data.Common;
using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using Azure.Messaging.EventHubs;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Secrets;
using Microsoft.Azure.Cosmos;
using Microsoft.Data.SqlClient;
using MQTTnet;
using MySqlConnector;
using Npgsql;
using StackExchange.Redis;

namespace LocalZure.Integration.Tests;

/// <summary>
/// The connection strings of every service of the catalog, read by the parser of the client that they are for; where no client of
/// .NET can be had as a package, as the URL or the list of settings that they are. Needs no service.
/// </summary>
public sealed class ConnectionStringTests
{
    private const string Address = "127.0.0.1";

    private static readonly string Password =
        new SecretKey([.. Enumerable.Range(0, SecretKey.Length).Select(value => (byte)value)]).Make("service", "instance", "password");

    private static readonly Dictionary<string, Action<string, Service>> Readers = new(StringComparer.Ordinal)
    {
        ["storage"] = ReadStorage,
        ["blob"] = ReadStorage,
        ["queue"] = ReadStorage,
        ["table"] = ReadStorage,
        ["cosmosdb"] = ReadCosmos,
        ["cosmosclassic"] = ReadCosmos,
        ["servicebus"] = ReadServiceBus,
        ["servicebus SERVICEBUS_ADMINISTRATION_CONNECTIONSTRING"] = ReadServiceBusAdministration,
        ["eventhubs"] = ReadEventHubs,
        ["eventhubs KAFKA_BOOTSTRAP_SERVERS"] = (text, service) => Assert.Equal(At(Port(service, "kafka")), IPEndPoint.Parse(text)),
        ["eventgrid"] = (text, service) => IsUrl(text, "http", Port(service, "eventgrid")),
        ["signalr"] = (text, service) => IsUrl(Setting(text, "Endpoint"), "http", Port(service, "signalr")),
        ["sql"] = ReadSqlServer,
        ["sql2025"] = ReadSqlServer,
        ["postgres"] = ReadPostgres,
        ["postgres DATABASE_URL"] = ReadPostgresUrl,
        ["mysql"] = ReadMySql,
        ["redis"] = ReadRedis,
        ["redis REDIS_URL"] = (text, service) => IsUrl(text, "redis", Port(service, "redis")),
        ["valkey"] = ReadRedis,
        ["valkey REDIS_URL"] = (text, service) => IsUrl(text, "redis", Port(service, "valkey")),
        ["keyvault"] = (text, service) => IsUrl(text, "https", Port(service, "vault")),
        ["keyvault IDENTITY_ENDPOINT"] = (text, service) => IsUrl(text, "http", Port(service, "token")),
        ["appconfig"] = (text, service) => IsUrl(Setting(text, "Endpoint"), "http", Port(service, "appconfig")),
        ["functions"] = (text, service) => IsUrl(text, "http", Port(service, "functions")),
        ["durabletask"] = (text, service) => IsUrl(Setting(text, "Endpoint"), "http", Port(service, "grpc")),
        ["kusto"] = (text, service) => IsUrl(Setting(text, "Data Source"), "http", Port(service, "kusto")),
        ["mqtt"] = ReadMqtt,
        ["mail"] = (text, service) => IsUrl(Setting(text, "Endpoint"), "smtp", Port(service, "smtp")),
        ["mail SMTP_URL"] = (text, service) => IsUrl(text, "smtp", Port(service, "smtp")),
        ["dashboard"] = (text, service) => IsUrl(text, "http", Port(service, "otlp-grpc")),
        ["floci"] = (text, service) => IsUrl(text, "http", Port(service, "floci")),
        ["miniblue"] = (text, service) => IsUrl(text, "http", Port(service, "http")),
        ["topaz"] = (text, service) => IsUrl(text, "https", Port(service, "arm")),
    };

    public static TheoryData<string, string> ConnectionStrings
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var definition in ServiceCatalog.All)
            {
                definition.ConnectionStrings.ToList().ForEach(pair => data.Add(definition.Name, pair.Key));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ConnectionStrings))]
    public void ConnectionStrings_EveryService_AreReadByTheirClients(string name, string variable)
    {
        var service = Filled(ServiceCatalog.Get(name));
        var read = Readers.GetValueOrDefault($"{name} {variable}") ?? Readers[name];

        read(service.ConnectionStrings[variable], service);
    }

    [Fact]
    public void ConnectionStrings_Readers_AreOfWhatTheCatalogHas()
    {
        var known = ServiceCatalog.All
            .SelectMany(definition => definition.ConnectionStrings.Select(pair => $"{definition.Name} {pair.Key}").Prepend(definition.Name));

        Assert.Empty(Readers.Keys.Except(known));
    }

    // As a start would fill it, every port at a place of its own.
    private static Service Filled(ServiceDefinition definition) => ServiceFiller.Fill(
        definition,
        new Service
        {
            Name = definition.Name,
            ContainerName = $"localzure-{definition.Name}",
            Mode = ServiceMode.Docker,
            State = ServiceState.Running,
            Ports = definition.Ports
                .Select((port, index) => new ServicePort(port.Name, port.ContainerPort, Address, 20001 + index, port.Protocol))
                .ToList(),
        },
        definition.Secrets.ToDictionary(secret => $"secret.{secret.Name}", _ => Password));

    private static int Port(Service service, string name) => service.Ports.Single(port => port.Name == name).HostPort;

    private static int OnlyPort(Service service) => service.Ports.Single().HostPort;

    private static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    private static string Setting(string text, string name) => (string)new DbConnectionStringBuilder { ConnectionString = text }[name];

    private static void IsUrl(string text, string scheme, int port)
    {
        var url = new Uri(text, UriKind.Absolute);
        Assert.Equal((scheme, Address, port), (url.Scheme, url.Host, url.Port));
    }

    private static void ReadStorage(string text, Service service)
    {
        var clients = new Dictionary<string, Func<Uri>>
        {
            ["blob"] = () => new BlobServiceClient(text).Uri,
            ["queue"] = () => new QueueServiceClient(text).Uri,
            ["table"] = () => new TableServiceClient(text).Uri,
        };
        Assert.All(
            service.Ports,
            port => Assert.Equal($"http://{Address}:{port.HostPort}/devstoreaccount1", clients[port.Name]().ToString().TrimEnd('/')));
    }

    private static void ReadCosmos(string text, Service service)
    {
        using var client = new CosmosClient(text);
        Assert.Equal((Address, Port(service, "gateway")), (client.Endpoint.Host, client.Endpoint.Port));
    }

    private static void ReadServiceBus(string text, Service service)
    {
        var properties = ServiceBusConnectionStringProperties.Parse(text);
        Assert.Equal((Address, Port(service, "amqp")), (properties.Endpoint.Host, properties.Endpoint.Port));
        Assert.Equal("RootManageSharedAccessKey", properties.SharedAccessKeyName);
    }

    private static void ReadEventHubs(string text, Service service)
    {
        var properties = EventHubsConnectionStringProperties.Parse(text);
        Assert.Equal((Address, Port(service, "amqp")), (properties.Endpoint.Host, properties.Endpoint.Port));
        Assert.Equal("RootManageSharedAccessKey", properties.SharedAccessKeyName);
    }

    private static void ReadServiceBusAdministration(string text, Service service)
    {
        var properties = ServiceBusConnectionStringProperties.Parse(text);
        Assert.Equal((Address, Port(service, "http")), (properties.Endpoint.Host, properties.Endpoint.Port));
        _ = new ServiceBusAdministrationClient(text);
    }

    private static void ReadSqlServer(string text, Service service)
    {
        var settings = new SqlConnectionStringBuilder(text);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{Address},{OnlyPort(service)}"), settings.DataSource);
        Assert.Equal(("sa", Password, true), (settings.UserID, settings.Password, settings.TrustServerCertificate));
    }

    private static void ReadPostgres(string text, Service service)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        Assert.Equal((Address, OnlyPort(service), "postgres"), (settings.Host, settings.Port, settings.Database));
        Assert.Equal(("postgres", Password), (settings.Username, settings.Password));
    }

    private static void ReadPostgresUrl(string text, Service service)
    {
        IsUrl(text, "postgresql", OnlyPort(service));
        var url = new Uri(text);
        Assert.Equal(("/postgres", $"postgres:{Password}"), (url.AbsolutePath, url.UserInfo));
    }

    private static void ReadMySql(string text, Service service)
    {
        var settings = new MySqlConnectionStringBuilder(text);
        Assert.Equal((Address, (uint)OnlyPort(service)), (settings.Server, settings.Port));
        Assert.Equal(("root", Password), (settings.UserID, settings.Password));
    }

    private static void ReadRedis(string text, Service service) =>
        Assert.Equal(At(OnlyPort(service)), Assert.Single(ConfigurationOptions.Parse(text).EndPoints));

    private static void ReadMqtt(string text, Service service)
    {
        var options = new MqttClientFactory().CreateClientOptionsBuilder().WithConnectionUri(text).Build();
        var tcp = Assert.IsType<MqttClientTcpOptions>(options.ChannelOptions);
        Assert.Equal(new DnsEndPoint(Address, OnlyPort(service)).ToString(), tcp.RemoteEndpoint.ToString());
    }
}
