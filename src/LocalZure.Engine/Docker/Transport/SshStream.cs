using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>
/// A connection to an engine on another machine: the standard streams of <c>ssh host docker system dial-stdio</c>.
/// Disposing it ends the process.
/// </summary>
internal sealed class SshStream : Stream
{
    private const int KeptErrorLength = 500;

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _errors;
    private int _disposed;

    private SshStream(Process process)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _errors = ReadErrorsAsync(process.StandardError);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Starts the process. Whether the other side answers shows at the first read.</summary>
    /// <param name="endpoint">An ssh endpoint.</param>
    /// <param name="program">The ssh program; one of another name is for tests.</param>
    public static SshStream Open(DockerEndpoint endpoint, string program = "ssh")
    {
        try
        {
            return new SshStream(Process.Start(StartInfo(endpoint, program))!);
        }
        catch (Win32Exception problem)
        {
            throw new DockerDialException(DialFailure.NotThere, "the program 'ssh' cannot be started: " + problem.Message, problem);
        }
    }

    /// <summary>The arguments of ssh for an endpoint.</summary>
    public static IReadOnlyList<string> Arguments(DockerEndpoint endpoint)
    {
        // Nobody is there to answer a question; without BatchMode ssh would wait at a terminal that PowerShell reads.
        List<string> arguments = ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"];
        if (endpoint.User is { } user)
        {
            arguments.AddRange(["-l", user]);
        }

        if (endpoint.Port > 0)
        {
            arguments.AddRange(["-p", endpoint.Port.ToString(CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(["--", endpoint.Target, "docker", "system", "dial-stdio"]);
        return arguments;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _output.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count == 0 && buffer.Length > 0 && Volatile.Read(ref _disposed) == 0)
        {
            await ThrowIfFailedAsync(cancellationToken).ConfigureAwait(false);
        }

        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _input.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => _output.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _input.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Flush() => _input.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _input.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            EndProcess();
            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ProcessStartInfo StartInfo(DockerEndpoint endpoint, string program) =>
        new(program, Arguments(endpoint))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

    private static async Task<string> ReadErrorsAsync(StreamReader reader)
    {
        var kept = new StringBuilder();
        var buffer = new char[256];
        try
        {
            while (await reader.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false) is > 0 and var count)
            {
                kept.Append(buffer, 0, Math.Min(count, Math.Max(0, KeptErrorLength - kept.Length)));
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was ended with the connection; what it said until then is enough.
        }

        return kept.ToString().Trim().ReplaceLineEndings(" ");
    }

    private async Task ThrowIfFailedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (_process.ExitCode != 0)
        {
            throw DialProblem(_process.ExitCode, await _errors.ConfigureAwait(false));
        }
    }

    private static DockerDialException DialProblem(int exitCode, string errors)
    {
        var said = errors.Length > 0 ? errors : "no message";
        return new DockerDialException(DialFailure.Other, string.Create(CultureInfo.InvariantCulture, $"ssh ended with exit code {exitCode}: {said}"));
    }

    private void EndProcess()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself.
        }
    }
}
