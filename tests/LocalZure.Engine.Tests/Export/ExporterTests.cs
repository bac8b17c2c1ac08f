using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using LocalZure.Engine.Export;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Export;

public sealed class ExporterTests : IDisposable
{
    private const string Secret = "AccountName=a;AccountKey=k%1;";

    private readonly TempFolder _folder = new();
    private readonly List<string> _commands = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_GitHubActions_MasksBeforeItAppends()
    {
        var path = _folder.File("env");
        await File.WriteAllTextAsync(path, "BEFORE=1");
        var seen = new List<string>();

        await RunAsync(ExportFormat.GitHubActions, path, command =>
        {
            seen.Add(File.ReadAllText(path));
            _commands.Add(command);
        });

        Assert.Equal(["", "::add-mask::AccountName=a;AccountKey=k%251;", "::add-mask::k%251"], _commands);
        Assert.All(seen, text => Assert.Equal("BEFORE=1", text));
        Assert.Matches("\\ABEFORE=1\nConnectionStrings__blob<<(\\w+)\nAccountName=a;AccountKey=k%1;\n\\1\nREDIS_URL<<(\\w+)\nredis://h:1\n\\2\n\\z", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Run_AzureDevOps_MasksFirstAndTellsSecretFromPublic()
    {
        await RunAsync(ExportFormat.AzureDevOps, null);

        Assert.Equal(
            [
                "",
                "##vso[task.setsecret]AccountName=a;AccountKey=k%AZP251;",
                "##vso[task.setsecret]k%AZP251",
                "##vso[task.setvariable variable=ConnectionStrings__blob;issecret=true]AccountName=a;AccountKey=k%AZP251;",
                "##vso[task.setvariable variable=REDIS_URL]redis://h:1",
            ],
            _commands);
    }

    [Fact]
    public async Task Run_AppSettings_KeepsByteOrderMarkAndLineEnds()
    {
        var path = _folder.File("appsettings.json");
        await File.WriteAllTextAsync(path, "{\r\n  // mine\r\n  \"A\": 1,\r\n}\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        await RunAsync(ExportFormat.AppSettings, path);

        Assert.Equal(
            "\ufeff{\r\n  // mine\r\n  \"A\": 1,\r\n  \"ConnectionStrings\": {\r\n    \"blob\": \"AccountName=a;AccountKey=k%1;\"\r\n  },\r\n}\r\n",
            Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path)));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Run_AppSettingsWithTheFlatName_ReplacesThat()
    {
        var path = _folder.File("appsettings.json");
        await File.WriteAllTextAsync(path, "{ \"connectionStrings:Blob\": \"old\" }");

        await RunAsync(ExportFormat.AppSettings, path);

        Assert.Equal("{ \"connectionStrings:Blob\": \"AccountName=a;AccountKey=k%1;\" }", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Run_LocalSettings_TakesAllNamesAsValues()
    {
        var path = _folder.File("local.settings.json");

        await RunAsync(ExportFormat.AppSettings, path);

        Assert.Equal(
            "{\n  \"IsEncrypted\": false,\n  \"Values\": {\n    \"ConnectionStrings__blob\": \"AccountName=a;AccountKey=k%1;\",\n    \"REDIS_URL\": \"redis://h:1\"\n  }\n}\n",
            await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("local.settings.json", "{ \"IsEncrypted\": true, \"Values\": {} }", ExportFormat.AppSettings)]
    [InlineData("appsettings.json", "{ \"A\": ", ExportFormat.AppSettings)]
    [InlineData("all.json", "{}", ExportFormat.Json)]
    public async Task Run_AFileThatCannotTakeThem_LeavesItAsItWas(string name, string text, ExportFormat format)
    {
        var path = _folder.File(name);
        await File.WriteAllTextAsync(path, text);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync(format, path));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
        Assert.DoesNotContain("k%1", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Run_NoUtf8_LeavesItAsItWas()
    {
        var path = _folder.File(".env");
        await File.WriteAllBytesAsync(path, [0x41, 0x3d, 0xe9, 0x0a]);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync(ExportFormat.DotEnv, path));

        Assert.Equal($"The file '{path}' is not UTF-8 text; it was left as it is.", error.Message);
        Assert.Equal([0x41, 0x3d, 0xe9, 0x0a], await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Run_Json_IsTheTextOrTheFile()
    {
        var path = _folder.File("all.json");
        await File.WriteAllTextAsync(path, "old");

        var result = await RunAsync(ExportFormat.Json, null);
        await RunAsync(ExportFormat.Json, path, overwrite: true);

        var read = JsonSerializer.Deserialize<Dictionary<string, string>>(result.Text!);
        Assert.Equal([KeyValuePair.Create("ConnectionStrings__blob", Secret), KeyValuePair.Create("REDIS_URL", "redis://h:1")], read);
        Assert.Equal(result.Text + "\n", await File.ReadAllTextAsync(path));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Run_ANewFile_IsForThisUserAloneAndAnExistingOneKeepsItsPermissionsAndLink()
    {
        var (created, old, link) = (_folder.File(".env"), _folder.File("old.env"), _folder.File("link.env"));
        await File.WriteAllTextAsync(old, "A=1\n");
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(link, old);

        await RunAsync(ExportFormat.DotEnv, created);
        await RunAsync(ExportFormat.DotEnv, link);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(created));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(old));
        Assert.Equal(old, new FileInfo(link).LinkTarget);
        Assert.Equal("A=1\nConnectionStrings__blob='AccountName=a;AccountKey=k%1;'\nREDIS_URL=redis://h:1\n", await File.ReadAllTextAsync(old));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Run_AReadOnlyFile_NeedsForce()
    {
        var path = _folder.File(".env");
        await File.WriteAllTextAsync(path, "A=1\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync(ExportFormat.DotEnv, path));
        await RunAsync(ExportFormat.DotEnv, path, overwrite: true);

        Assert.Equal("Use -Force to write it all the same.", error.Remedy);
        Assert.StartsWith("A=1\nConnectionStrings__blob=", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData(ExportFormat.Process, "x", "The format Process writes no file")]
    [InlineData(ExportFormat.AzureDevOps, "x", "The format AzureDevOps writes no file")]
    [InlineData(ExportFormat.GitHubActions, null, "GITHUB_ENV is not set")]
    [InlineData(ExportFormat.DotEnv, "", "' is a folder.")]
    [InlineData(ExportFormat.DotEnv, "none/.env", "' does not exist.")]
    public void Find_WhatCannotBeTheFile_IsRefused(ExportFormat format, string? path, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => ExportFile.Find(format, path is null ? null : Path.Combine(_folder.Path, path), _folder.Path, new EnvironmentSnapshot([])));

        Assert.Equal(ErrorCode.ParameterInvalid, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_WithoutAPath_IsTheUsualFile()
    {
        var environment = new EnvironmentSnapshot([KeyValuePair.Create("GITHUB_ENV", _folder.File("github"))]);

        var first = Found();
        File.WriteAllText(_folder.File("local.settings.json"), "{}");

        Assert.Equal([null, _folder.File(".env"), null, _folder.File("appsettings.Development.json"), _folder.File("github"), null], first);
        Assert.Equal(_folder.File("local.settings.json"), Found()[3]);

        List<string?> Found() => Enum.GetValues<ExportFormat>().Select(format => ExportFile.Find(format, null, _folder.Path, environment)).ToList();
    }

    private Task<ExportResult> RunAsync(ExportFormat format, string? path, Action<string>? write = null, bool overwrite = false) => Exporter.RunAsync(
        new ExportRequest
        {
            Variables = [Variables.Of("ConnectionStrings__blob", Secret), Variables.Of("REDIS_URL", "redis://h:1")],
            Format = format,
            Path = path,
            Overwrite = overwrite,
            WriteCommand = write ?? _commands.Add,
        },
        CancellationToken.None);

    [LinuxFact]
    public async Task Run_ToAFullDevice_IsDiskFullAndLeavesTheDevice()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync(ExportFormat.Json, "/dev/full"));

        Assert.Equal((ErrorCode.DiskFull, "The file '/dev/full' cannot be written: no space is left."), (error.Code, error.Message));
        await RunAsync(ExportFormat.DotEnv, "/dev/null");
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }
}
