using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>
/// Key Vault by Lowkey Vault, which brings its certificate along; the other emulator wants one that this machine trusts, which is not
/// LocalZure's to arrange.
/// </summary>
internal static class KeyVault
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "keyvault",
        Description = "Azure Key Vault (Lowkey Vault)",
        Image = ImageTags.LowkeyVault,
        Platforms = ["linux/amd64"],

        // Its vaults know their port; with another one on the host they would not take the request for theirs.
        Environment = new Dictionary<string, string> { ["LOWKEY_ARGS"] = "--LOWKEY_VAULT_NAMES=default --LOWKEY_VAULT_RELAXED_PORTS=true" },
        Ports =
        [
            new PortDefinition("vault", 8443, 8443, "Key Vault over HTTPS, with a certificate of its own"),
            new PortDefinition("token", 8080, 8084, "Managed identity tokens over HTTP"),
        ],
        Probes =
        [
            new LogProbeDefinition("Started LowkeyVaultApp"),
            new HttpProbeDefinition("vault", "/ping") { Https = true, AllowsUntrustedCertificate = true },
        ],
        StartTimeout = TimeSpan.FromMinutes(2),
        Endpoints = new Dictionary<string, string> { ["vault"] = "https://{address}:{port.vault}", ["token"] = "http://{address}:{port.token}" },
        ConnectionStrings =
        [
            new("AZURE_KEYVAULT_ENDPOINT", "https://{address}:{port.vault}"),
            new("ConnectionStrings__keyvault", "https://{address}:{port.vault}"),
            new("IDENTITY_ENDPOINT", "http://{address}:{port.token}/metadata/identity/oauth2/token"),
        ],
    };
}
