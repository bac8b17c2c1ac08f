using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Eclipse Mosquitto, for what of IoT Hub is MQTT. Without a listener in its configuration it takes connections from its own container alone.</summary>
internal static class Mosquitto
{
    /// <summary>The name of the host tool.</summary>
    public const string Tool = "mosquitto";

    private const string Config = """
        listener {port.mqtt} {address}
        allow_anonymous true
        persistence true
        persistence_location {volume.data}/
        log_dest stdout

        """;

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "mqtt",
        Description = "MQTT broker (Eclipse Mosquitto)",
        Image = ImageTags.Mosquitto,
        Ports = [new PortDefinition("mqtt", 1883, 1883, "MQTT, without TLS")],
        Volumes = [new VolumeDefinition("data", "/mosquitto/data")],
        Files = [new FileDefinition("mosquitto.conf", "/mosquitto/config/mosquitto.conf", Config)],
        Probes = [new TcpProbeDefinition("mqtt")],
        StartTimeout = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["mqtt"] = "mqtt://{address}:{port.mqtt}" },
        ConnectionStrings =
        [
            new("MQTT_URL", "mqtt://{address}:{port.mqtt}"),
            new("ConnectionStrings__mqtt", "mqtt://{address}:{port.mqtt}"),
        ],
        Host = new HostDefinition
        {
            Tool = Tool,

            // Started by root it would otherwise become a user of its own, who may not write to the folder of its data.
            Files = [new FileDefinition("mosquitto.conf", "/mosquitto/config/mosquitto.conf", Config + "user root\n")],
            Arguments = ["-c", "{file.mosquitto.conf}"],
        },
    };
}
