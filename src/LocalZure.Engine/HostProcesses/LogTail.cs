namespace LocalZure.Engine.HostProcesses;

/// <summary>Finds the last lines of a file without reading what stands before them.</summary>
internal static class LogTail
{
    private const int Block = 64 * 1024;

    /// <summary>Puts the position at the start of the last lines, or of the file when it has fewer.</summary>
    /// <returns>How many lines there are from there on, the one without an end included.</returns>
    public static int Seek(FileStream file, int lines)
    {
        var length = file.Length;
        var found = 0;
        var buffer = new byte[Block];
        for (var end = length; end > 0;)
        {
            var start = Math.Max(0, end - Block);
            var block = ReadBlock(file, start, buffer.AsSpan(0, (int)(end - start)));
            for (var i = block.LastIndexOf((byte)'\n'); i >= 0; i = block[..i].LastIndexOf((byte)'\n'))
            {
                // The line that follows this end; nothing follows the one at the end of the file.
                if (start + i + 1 < length && ++found == lines)
                {
                    file.Position = start + i + 1;
                    return found;
                }
            }

            end = start;
        }

        file.Position = lines == 0 ? length : 0;
        return lines == 0 || length == 0 ? 0 : found + 1;
    }

    private static ReadOnlySpan<byte> ReadBlock(FileStream file, long start, Span<byte> block)
    {
        file.Position = start;
        return block[..file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)];
    }
}
