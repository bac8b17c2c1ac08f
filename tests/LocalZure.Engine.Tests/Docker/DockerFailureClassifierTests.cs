using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Tests.Docker;

public sealed class DockerFailureClassifierTests
{
    [Theory]
    [InlineData("Container", 404, "No such image: x:1", "ImageMissing")]
    [InlineData("Container", 404, "no such image: x:1: image not known", "ImageMissing")]
    [InlineData("Container", 404, "No such container: x", "ContainerMissing")]
    [InlineData("Container", 404, "no container with name or ID \"x\" found: no such container", "ContainerMissing")]
    [InlineData("Container", 404, "network x not found", "NetworkMissing")]
    [InlineData("Container", 404, "failed to set up container networking: network x not found", "NetworkMissing")]
    [InlineData("Container", 500, "unable to find network with name or ID x: network not found", "NetworkMissing")]
    [InlineData("Container", 409, "Conflict. The container name \"/x\" is already in use by container \"ab\". You have to remove (or rename) that container to be able to reuse that name.", "Conflict")]
    [InlineData("Container", 500, "creating container storage: the container name \"x\" is already in use by ab. You have to remove that container to be able to reuse that name: that name is already in use", "Conflict")]
    [InlineData("Container", 500, "driver failed programming external connectivity on endpoint x (ab): Bind for 127.0.0.1:80 failed: port is already allocated", "PortUnavailable")]
    [InlineData("Container", 500, "driver failed programming external connectivity on endpoint x (ab): Error starting userland proxy: listen tcp4 127.0.0.1:80: bind: address already in use", "PortUnavailable")]
    [InlineData("Container", 500, "Ports are not available: exposing port TCP 127.0.0.1:80 -> 127.0.0.1:0: listen tcp 127.0.0.1:80: bind: An attempt was made to access a socket in a way forbidden by its access permissions.", "PortUnavailable")]
    [InlineData("Container", 500, "failed to set up container networking: driver failed programming external connectivity on endpoint x (ab): failed to bind host port 127.0.0.1:80/tcp: address already in use", "PortUnavailable")]
    [InlineData("Container", 500, "rootlessport cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf", "PortUnavailable")]
    [InlineData("Container", 500, "cannot listen on the TCP port: listen tcp4 127.0.0.1:80: bind: cannot assign requested address", "PortUnavailable")]
    [InlineData("Container", 500, "mkdir /var/lib/docker/overlay2/x: no space left on device", "NoSpace")]
    [InlineData("Container", 400, "invalid mount config for type \"bind\": bind source path does not exist: /x", "BadRequest")]
    [InlineData("Container", 500, "OCI runtime create failed", "Transient")]
    [InlineData("Container", 500, "exec: \"docker-init\": executable file not found in $PATH", "InitMissing")]
    [InlineData("Container", 500, "container-init binary not found on the host: stat /usr/libexec/podman/catatonit: no such file or directory", "InitMissing")]
    [InlineData("Container", 500, "lookup init binary: could not find \"catatonit\" in one of [/usr/libexec/podman]. To resolve this error, set the helper_binaries_dir key", "InitMissing")]
    [InlineData("Container", 403, "no", "Other")]
    [InlineData("Image", 404, "No such image: x", "ImageMissing")]
    [InlineData("Network", 403, "error while removing network: network x id ab has active endpoints", "InUse")]
    [InlineData("Network", 403, "error while removing network: network x has active endpoints (name:\"y\" id:\"ab\")", "InUse")]
    [InlineData("Network", 500, "\"x\" has associated containers with it. Use -f to forcibly delete containers and pods: network is being used", "InUse")]
    [InlineData("Network", 409, "network with name x already exists", "Conflict")]
    [InlineData("Network", 500, "network name x already used: network already exists", "Conflict")]
    [InlineData("Network", 400, "bad", "BadRequest")]
    [InlineData("Volume", 409, "remove x: volume is in use - [ab]", "InUse")]
    [InlineData("Volume", 409, "volume x is being used by the following container(s): ab: volume is being used", "InUse")]
    [InlineData("Volume", 500, "write /var/lib/docker/volumes: no space left on device", "NoSpace")]
    [InlineData("Engine", 502, "", "Transient")]
    public void Classify_TextsOfEngines_AreUnderstood(string about, int status, string message, string expected) =>
        Assert.Equal(Enum.Parse<RuntimeFailure>(expected), DockerFailureClassifier.Classify(Enum.Parse<DockerObject>(about), status, message));
}
