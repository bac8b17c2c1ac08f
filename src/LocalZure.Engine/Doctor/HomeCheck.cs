using LocalZure.Engine.Support;

namespace LocalZure.Engine.Doctor;

/// <summary>Whether the LocalZure home can be written, and only by who may.</summary>
internal sealed class HomeCheck : IPrerequisiteCheck
{
    /// <inheritdoc/>
    public string Name => "Home";

    /// <summary>The nearest folder of a path that exists.</summary>
    public static string Existing(string path)
    {
        var folder = Path.GetFullPath(path);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Patient patient, CancellationToken cancellationToken)
    {
        var home = patient.Options.Home;
        try
        {
            Trust.CheckHome(home, patient.Options.Environment);
        }
        catch (LocalZureException e)
        {
            return new CheckResult(Name, CheckStatus.Failed, e.Message, e.Remedy);
        }

        var folder = Existing(home);
        var probe = Path.Combine(folder, $".localzure-{Guid.NewGuid():n}");
        try
        {
            var file = new FileStream(probe, PrivateFile.Options());
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(new byte[] { 1 }, cancellationToken).ConfigureAwait(false);
            }

            return new CheckResult(Name, CheckStatus.Passed, folder == home ? $"'{home}' can be written." : $"'{home}' is not there yet and can be made.");
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            var refusal = HomeFolder.Refused(home, e);
            return new CheckResult(Name, CheckStatus.Failed, refusal.Message, refusal.Remedy);
        }
        finally
        {
            JsonFolder.Delete(probe);
        }
    }
}
