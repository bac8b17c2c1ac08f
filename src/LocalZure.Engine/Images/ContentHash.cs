using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Images;

/// <summary>The hash of everything that an image is built from: paths, kinds, permissions and contents, the Dockerfile's path, target and arguments. Times are not in it.</summary>
internal sealed class ContentHash : IDisposable
{
    private const int Digits = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ContentHash()
    {
    }

    /// <summary>Reads all files of a context and answers with 16 hexadecimal digits.</summary>
    /// <param name="context">The context.</param>
    /// <param name="target">The stage; null for the last.</param>
    /// <param name="arguments">The build arguments.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">BuildFailed: a file cannot be read.</exception>
    public static async Task<string> OfAsync(BuildContext context, string? target, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        using var hash = new ContentHash();
        try
        {
            hash.Add("localzure build 1");
            hash.Add(context.Dockerfile);
            hash.Add(target ?? "");
            hash.Add(arguments.Count);
            foreach (var (name, value) in arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal))
            {
                hash.Add(name);
                hash.Add(value);
            }

            foreach (var file in context.Files)
            {
                await hash.AddAsync(file, cancellationToken).ConfigureAwait(false);
            }

            return Convert.ToHexString(hash._hash.GetHashAndReset())[..Digits].ToLowerInvariant();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BuildContext.Unreadable(context.Folder, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private async Task AddAsync(BuildFile file, CancellationToken cancellationToken)
    {
        Add(file.Path);
        Add((long)file.Kind);
        Add((long)file.Mode);
        Add(file.LinkTarget ?? "");
        Add(file.Length);
        if (file.Length == 0)
        {
            return;
        }

        var stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        await using (stream.ConfigureAwait(false))
        {
            int length;
            while ((length = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                _hash.AppendData(buffer, 0, length);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    // The length before the text keeps "ab", "c" and "a", "bc" apart.
    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(bytes.LongLength);
        _hash.AppendData(bytes);
    }

    private void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
