/** The program `trivium`: arguments in, exit code out. */
import { createRequire } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import { adoptCommand } from './adopt/commands.ts';
import { connect } from './api.ts';
import { barDisplay } from './bar-display.ts';
import { exitCodes, exitCodesHelp, Failure, type Ending } from './exit-codes.ts';
import { inputFile, type Format } from './input-file.ts';
import { lineDisplay } from './line-display.ts';
import { plainText } from './plain-text.ts';
import { resultFormat } from './results.ts';
import { runImport } from './run-import.ts';
import { doctorCommand } from './doctor/command.ts';
import { setupCommand, tokenCommand } from './setup/commands.ts';

interface ImportOptions {
  url?: string;
  allowHttp: boolean;
  format?: Format;
  charset?: string;
  gzip?: boolean;
  dryRun: boolean;
  channel?: string;
  wait: boolean;
  out?: string;
  idempotencyKey?: string;
  sendVerificationEmail: boolean;
  userEvents: boolean;
}

const { version } = createRequire(import.meta.url)('@trivium-api/command-line/package.json') as {
  version: string;
};

const program = new Command('trivium')
  .description('Trivium from the command line.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(see trivium --help)')
  .addCommand(setupCommand())
  .addCommand(tokenCommand())
  .addCommand(doctorCommand())
  .addCommand(adoptCommand());

program
  .command('import')
  .description('Creates users from a file, and reports the result of each row.')
  .argument('<file>', 'CSV, NDJSON or JSON, gzip too; - is standard input')
  .addOption(new Option('--url <url>', 'address of the API').env('TRIVIUM_URL'))
  .addOption(
    new Option('--format <format>', 'format, if the file name does not show it').choices([
      'csv',
      'ndjson',
      'json',
    ]),
  )
  .option('--charset <charset>', 'encoding, if it is not UTF-8 and has no byte order mark')
  .option('--dry-run', 'only checks the rows', false)
  .option('--channel <channel>', 'row_by_row or import_jobs; chosen by the server when left out')
  .option('--send-verification-email', 'sends each user a mail; nobody gets one otherwise', false)
  .option(
    '--user-events',
    'emits an event for each user, to webhooks and the audit log; otherwise only for the import',
    false,
  )
  .option('--wait', 'follows the import to its end', false)
  .option('--out <file>', 'file for the result of each row, .csv or .ndjson; implies --wait')
  .option('--idempotency-key <key>', 'identifies retries of the same upload; generated when left out')
  .option('--gzip', 'compresses the upload; automatic where it pays')
  .option('--no-gzip', 'does not')
  .option('--allow-http', 'sends the key unencrypted', false)
  .addHelpText(
    'after',
    '\nThe key is taken from TRIVIUM_CLIENT_ID and TRIVIUM_CLIENT_SECRET.\nThe same command, run again, resumes the import that it began.',
  )
  .addHelpText('after', exitCodesHelp())
  .exitOverride()
  .action(async (path: string, options: ImportOptions) => end(await importFile(path, options)));

async function importFile(path: string, options: ImportOptions): Promise<Ending> {
  const { url, allowHttp, format, charset, dryRun, channel, out, idempotencyKey } = options;
  const interruption = new AbortController();
  let interrupted: Ending | undefined;
  const interrupt = (ending: Ending) => () => {
    interrupted = ending;
    interruption.abort();
  };
  process.once('SIGINT', interrupt('interrupted')).once('SIGTERM', interrupt('terminated'));
  let begun: string | undefined;
  const display = process.stderr.isTTY ? barDisplay() : lineDisplay();
  try {
    if (out) resultFormat(out);
    if (out && dryRun) throw new Failure('usage', ['A dry run has no results: leave out --out.']);
    const api = connect(url, allowHttp, interruption.signal);
    const file = await inputFile(path, format);
    const wait = options.wait || out !== undefined;
    const { gzip, sendVerificationEmail, userEvents } = options;
    const onBegun = (importId: string) => (begun = importId);
    const how = {
      charset,
      gzip,
      dryRun,
      channel,
      sendVerificationEmail,
      userEvents,
      idempotencyKey,
      onBegun,
    };
    return await runImport(api, { file, wait, out, ...how }, display);
  } catch (error) {
    display.end();
    if (interrupted) {
      if (!dryRun) display.say(whatContinues(url, begun));
      display.say(path === '-' ? 'Interrupted.' : 'Interrupted. The same command resumes it.');
      return interrupted;
    }
    if (!(error instanceof Failure)) {
      // A stack trace is of no use to the user.
      display.say(plainText(`A fault of this program: ${String(error)}`));
      return 'broken';
    }
    display.say(error.message);
    return error.ending;
  }
}

/** Users who end this program may expect that this ends the import. */
function whatContinues(url: string | undefined, importId: string | undefined): string {
  if (importId === undefined)
    return 'The upload was interrupted: nothing is imported, unless all of it had arrived.';
  const path = `${url?.replace(/\/+$/, '')}/v1/user-imports/${importId}/cancel`;
  return plainText(`Import ${importId} continues on the server, without this program. POST ${path} ends it.`);
}

/** Exits once all output is written: what is still open (standard input, a connection) is not needed any more. */
function end(ending: Ending): void {
  process.stdout.write('', () => process.exit(exitCodes[ending][0]));
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode;
}
