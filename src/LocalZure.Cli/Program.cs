using LocalZure.Cli;
using LocalZure.Cli.CommandLine;

using var interruption = new Interruption();
return await Application.RunAsync(args, interruption.Token).ConfigureAwait(false);
