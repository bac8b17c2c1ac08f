using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Docker.Registry;

/// <summary>Runs <c>docker-credential-*</c> programs.</summary>
internal sealed class CredentialHelper
{
    // What a helper answers as the name when the secret is an identity token.
    private const string TokenUser = "<token>";

    private const int LongestAnswer = 1024 * 1024;

    /// <summary>How long after its end a helper's output is still read.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly string _folder;

    /// <summary>Creates one.</summary>
    /// <param name="time">The clock.</param>
    public CredentialHelper(TimeProvider time)
        : this(time, TimeSpan.FromSeconds(10), "")
    {
    }

    /// <summary>Creates one for tests.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">How long a helper may take.</param>
    /// <param name="folder">Where the programs lie; empty for the search path.</param>
    internal CredentialHelper(TimeProvider time, TimeSpan limit, string folder)
    {
        _time = time;
        _limit = limit;
        _folder = folder;
    }

    /// <summary>Asks a helper for a registry's credentials; null with a problem in words, or without one when it has none.</summary>
    /// <param name="name">The helper's name, for example <c>desktop</c>.</param>
    /// <param name="registry">The registry's key.</param>
    /// <param name="cancellationToken">Ends the call and the program.</param>
    public async Task<(RegistryAuthBody? Auth, string? Problem)> GetAsync(string name, string registry, CancellationToken cancellationToken)
    {
        var program = "docker-credential-" + name;
        if (!name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            return (null, $"{program}: not a name of a credential helper");
        }

        using var timer = new CancellationTokenSource(_limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var (exitCode, output) = await RunAsync(Path.Combine(_folder, program), registry, linked.Token).ConfigureAwait(false);
            return Read(program, exitCode, output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{program}: no answer within {DockerFaults.Seconds(_limit)}");
        }
        catch (Exception problem) when (problem is Win32Exception or IOException)
        {
            return (null, $"{program}: {problem.Message}");
        }
    }

    private static (RegistryAuthBody? Auth, string? Problem) Read(string program, int exitCode, string output)
    {
        if (exitCode != 0)
        {
            // "credentials not found in native keychain" is how a helper says that it has none.
            return (null, output.Contains("not found", StringComparison.OrdinalIgnoreCase) ? null : $"{program}: it ended with exit code {exitCode}");
        }

        try
        {
            return JsonSerializer.Deserialize(output, DockerJsonContext.Default.HelperCredentialsBody) is { Username: { Length: > 0 } user, Secret: { } secret }
                ? (user == TokenUser ? new RegistryAuthBody { IdentityToken = secret } : new RegistryAuthBody { UserName = user, Password = secret }, null)
                : (null, null);
        }
        catch (JsonException)
        {
            return (null, $"{program}: its answer cannot be read");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string registry, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, ["get"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            await AskAsync(process, registry, cancellationToken).ConfigureAwait(false);
            var output = new StringBuilder();
            var read = Task.WhenAll(
                LineReader.ReadAsync(process.StandardOutput.BaseStream, line => Keep(output, line)),
                LineReader.ReadAsync(process.StandardError.BaseStream, static _ => { }));
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await read.WaitAsync(Drain, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // A helper that leaves an agent running, which holds its output open, has answered all the same.
            }

            lock (output)
            {
                return (process.ExitCode, output.ToString());
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // An answer is a few hundred letters.
    private static void Keep(StringBuilder output, string line)
    {
        lock (output)
        {
            if (output.Length < LongestAnswer)
            {
                output.Append(line).Append('\n');
            }
        }
    }

    private static async Task AskAsync(Process process, string registry, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(registry.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading the question; its exit code and output say more than a broken pipe.
        }
    }
}
