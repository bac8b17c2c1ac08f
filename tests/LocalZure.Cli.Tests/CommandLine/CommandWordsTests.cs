using LocalZure.Cli.CommandLine;

namespace LocalZure.Cli.Tests.CommandLine;

public sealed class CommandWordsTests
{
    private readonly CommandWords _words = new(CommandTree.Create());

    [Theory]
    [InlineData("-Instance pr42", "--instance pr42")]
    [InlineData("-port:auto -NOWAIT", "--port:auto --no-wait")]
    [InlineData("-TimeToLive 1h -o json -f", "--time-to-live 1h -o json -f")]
    [InlineData("-WhatIf --mode docker", "-WhatIf --mode docker")]
    [InlineData("blob -- -Instance", "blob -- -Instance")]
    public void Normalize_WhatIsWrittenForACmdlet_IsWhatTheCommandHas(string given, string expected) =>
        Assert.Equal(expected, string.Join(' ', _words.Normalize(given.Split(' '))));

    [Theory]
    [InlineData("Use -Mode Host.", "Use --mode Host.")]
    [InlineData("Give it time with -Timeout, and read its log with Get-LzContainerLog.", "Give it time with --timeout, and read its log with localzure logs.")]
    [InlineData("Start-LzService blob -Instance a starts it; Get-LzService -All shows what was stopped.", "localzure start blob --instance a starts it; localzure list --all shows what was stopped.")]
    [InlineData("Get-LzEnvironment lists them; x-Timeout -Unknown --Mode", "Get-LzEnvironment lists them; x-Timeout -Unknown --Mode")]
    public void Translate_TextOfTheEngine_HasTheWordsOfTheCommand(string text, string expected) => Assert.Equal(expected, _words.Translate(text));
}
