using System.Text;
using LocalZure.Engine.Configuration.Drafts;
using LocalZure.Engine.Configuration.Effective;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Reads, checks and drafts configurations.</summary>
internal sealed class ConfigurationCommand
{
    private readonly EngineOptions _options;

    /// <summary>Creates one.</summary>
    public ConfigurationCommand(EngineOptions options) => _options = options;

    /// <summary>The settings in effect.</summary>
    /// <exception cref="LocalZureException">ConfigInvalid or ConfigNotFound.</exception>
    public async Task<IReadOnlyList<global::LocalZure.Configuration>> GetAsync(ConfigurationRequest request, CancellationToken cancellationToken)
    {
        var loaded = await Loader().LoadAsync(request, cancellationToken).ConfigureAwait(false);
        return new ConfigurationReport(loaded.Checked(), _options.FindDefinition).Create();
    }

    /// <summary>Everything that is wrong.</summary>
    /// <exception cref="LocalZureException">ConfigNotFound when there is no file.</exception>
    public async Task<IReadOnlyList<ConfigurationError>> TestAsync(ConfigurationRequest request, CancellationToken cancellationToken)
    {
        var loaded = await Loader().LoadAsync(request, cancellationToken).ConfigureAwait(false);
        return loaded.File is not null
            ? loaded.Errors
            : throw new LocalZureException(ErrorCode.ConfigNotFound, $"Neither '{request.Folder}' nor a folder above it holds {string.Join(" or ", ConfigurationLocator.Names)}.");
    }

    /// <summary>The text of a file to start from.</summary>
    public async Task<string> DraftAsync(string folder, CancellationToken cancellationToken)
    {
        var uses = await UseFinder.FindAsync(folder, cancellationToken).ConfigureAwait(false);
        return ConfigurationDraft.Write(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), uses, _options.FindDefinition);
    }

    /// <summary>Writes a file: whole or not at all.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static async Task WriteAsync(string path, string text, bool overwrite, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        Task Write(FileStream file) => file.WriteAsync(content, cancellationToken).AsTask();
        try
        {
            if (overwrite)
            {
                await WholeFile.ReplaceAsync(path, Write, options).ConfigureAwait(false);
            }
            else if (!await WholeFile.CreateAsync(path, Write, options).ConfigureAwait(false))
            {
                throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' exists already.", "Use -Force to replace it.");
            }
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' cannot be written: {e.Message}", "Name a folder that exists and that this user may write to.", e);
        }
    }

    private ConfigurationLoader Loader() => new(_options.Environment, _options.Home, _options.FindDefinition);
}
