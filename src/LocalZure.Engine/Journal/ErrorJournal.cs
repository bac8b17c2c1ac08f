using System.Text;
using System.Text.Json;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Journal;

/// <summary>
/// The failures of all processes, in <c>errors</c> of the LocalZure home: a file of lines, and the one before it, each of about
/// one mebibyte at most. Only this user may read them. What cannot be read of them is passed over and counted.
/// </summary>
internal sealed class ErrorJournal
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(3);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly long _longest;

    /// <summary>Creates one. Nothing is read or written yet.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="time">The clock.</param>
    /// <param name="longest">The length in bytes from which on a file is set aside.</param>
    public ErrorJournal(string home, TimeProvider time, long longest = 1 << 20)
    {
        _folder = Path.Combine(home, "errors");
        _time = time;
        _longest = longest;
    }

    private string Current => Path.Combine(_folder, "errors.jsonl");

    private string Older => Path.Combine(_folder, "errors.1.jsonl");

    /// <summary>Adds failures at the end, all or none.</summary>
    /// <exception cref="LocalZureException">LockTimeout, HomeNotWritable or DiskFull.</exception>
    public async Task AppendAsync(IReadOnlyList<ErrorEntry> entries, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        foreach (var entry in entries)
        {
            text.Write(JsonSerializer.SerializeToUtf8Bytes(new JournalLine(Guid.NewGuid().ToString("n"), entry), JournalJsonContext.Default.JournalLine));
            text.WriteByte((byte)'\n');
        }

        await ChangeAsync(() => Append(text.ToArray()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything that is kept.</summary>
    public async Task<JournalContent> ReadAsync(CancellationToken cancellationToken)
    {
        // The newer file first: what is set aside in between is then read twice, but not missed.
        var newer = await LinesAsync(Current, cancellationToken).ConfigureAwait(false);
        var older = await LinesAsync(Older, cancellationToken).ConfigureAwait(false);
        var lines = older.Concat(newer).ToList();
        var entries = lines.OfType<JournalLine>().DistinctBy(line => line.Id, StringComparer.Ordinal).Select(line => line.Entry).OrderBy(entry => entry.Time).ToList();
        return new JournalContent(entries, lines.Count(line => line is null));
    }

    /// <summary>Removes everything.</summary>
    /// <exception cref="LocalZureException">LockTimeout, HomeNotWritable or DiskFull.</exception>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_folder))
        {
            await ChangeAsync(Delete, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ChangeAsync(Action change, CancellationToken cancellationToken)
    {
        MakeFolder();
        var turn = await FileLock.AcquireAsync(Path.Combine(_folder, "errors.lock"), LockLimit, _time, cancellationToken).ConfigureAwait(false);
        await using (turn.ConfigureAwait(false))
        {
            try
            {
                change();
            }
            catch (Exception e) when (HomeFolder.IsRefusal(e))
            {
                throw HomeFolder.Refused(Current, e);
            }
        }
    }

    private void Delete()
    {
        File.Delete(Current);
        File.Delete(Older);
    }

    private void Append(byte[] lines)
    {
        if (new FileInfo(Current) is { Exists: true } file && file.Length > 0 && file.Length + lines.Length > _longest)
        {
            File.Move(Current, Older, overwrite: true);
        }

        var options = PrivateFile.Options();
        options.Mode = FileMode.OpenOrCreate;
        options.Access = FileAccess.ReadWrite;
        options.Share = FileShare.ReadWrite | FileShare.Delete;
        options.BufferSize = 0;
        options.Options = FileOptions.None;
        using var current = new FileStream(Current, options);
        var cutOff = EndsWithinALine(current);
        current.Seek(0, SeekOrigin.End);
        current.Write(cutOff ? [(byte)'\n', .. lines] : lines);
    }

    // A process that died while it wrote has left the beginning of a line, which must not spoil the next one too.
    private static bool EndsWithinALine(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    private void MakeFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(_folder);
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
                Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(_folder, e);
        }
    }

    // Null stands for a line that cannot be read.
    private static async Task<IReadOnlyList<JournalLine?>> LinesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                using var reader = new StreamReader(file, Encoding.UTF8);
                var text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
                return text.Split('\n').Where(line => line.Length > 0).Select(Parse).ToList();
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static JournalLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJsonContext.Default.JournalLine) is { Id.Length: > 0, Entry: { ErrorId: not null, Message: not null, Operation: not null, Remedy: not null, Causes: not null, Evidence: not null } } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
