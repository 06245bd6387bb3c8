/** The command `trivium doctor`: options in, exit code out. */
import { Command } from 'commander';
import { plainText } from '../plain-text.ts';
import { SetupFailure } from '../setup/failure.ts';
import type { DoctorOptions } from './doctor.ts';
import { asJson, inWords, isBroken } from './report.ts';
import { runDoctor } from './run-doctor.ts';

const exitCodes = {
  well: [0, 'nothing is broken; there may be warnings'],
  broken: [1, 'something is broken'],
  usage: [2, 'wrong arguments, or files that cannot be used'],
  fault: [70, 'an internal error of this program'],
  interrupted: [130, 'Ctrl-C; what it had made was removed'],
  terminated: [143, 'SIGTERM; what it had made was removed'],
} as const;
type Ending = keyof typeof exitCodes;

/** One Ctrl-C may arrive twice: from the terminal, and forwarded by npm. */
const SAME_KEYPRESS_MS = 500;

const say = (text: string) => void process.stderr.write(`${plainText(text)}\n`);

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('Proves that a deployment works, end to end, with things that it removes again.')
    .option('--folder <folder>', 'where operator.env is, as for trivium setup', 'trivium-account')
    .option('--url <url>', 'address of the API, if it is not its identifier (or TRIVIUM_URL)')
    .option('--tenant <id>', 'uses this tenant and a key of it, instead of a throw-away tenant')
    .option('--user <email>', 'has you sign in as the admin of the throw-away tenant, in a browser')
    .option('--token-quota <number>', 'client-credentials tokens that the plan includes each month', '1000')
    .option('--json', 'prints the findings as JSON', false)
    .option('--allow-http', 'sends tokens unencrypted', false)
    .addHelpText(
      'after',
      '\nThe operator is the one that `trivium setup` has made, or the one of OPERATOR_CLIENT_ID and\nOPERATOR_CLIENT_SECRET, with AUTHORITY_URL and AUDIENCE. --tenant takes its key from TRIVIUM_CLIENT_ID\nand TRIVIUM_CLIENT_SECRET.',
    )
    .addHelpText('after', exitCodesHelp())
    .exitOverride()
    .action(async (options: DoctorOptions) => {
      const ending = await run(options);
      // What still waits for an answer is not needed any more.
      process.stdout.write('', () => process.exit(exitCodes[ending][0]));
    });

async function run(options: DoctorOptions): Promise<Ending> {
  const interruption = new AbortController();
  const interrupted = interruptedBy(interruption);
  try {
    if (options.tenant !== undefined && options.user !== undefined)
      throw new SetupFailure('usage', ['--user signs in to a throw-away tenant: leave out --tenant.']);
    const report = await runDoctor(options, process.env, { signal: interruption.signal, say });
    process.stdout.write(`${options.json ? asJson(report) : inWords(report)}\n`);
    return isBroken(report) ? 'broken' : 'well';
  } catch (error) {
    const ending = interrupted();
    if (ending) {
      say('Interrupted.');
      return ending;
    }
    if (error instanceof SetupFailure) {
      process.stderr.write(`${error.message}\n`);
      return 'usage';
    }
    // A stack trace is of no use to the user.
    say(`A fault of this program: ${String(error)}`);
    return 'fault';
  }
}

/** The first signal lets it remove what it has made; a second one ends it. */
function interruptedBy(interruption: AbortController): () => Ending | undefined {
  let ending: Ending | undefined;
  let since = 0;
  for (const [signal, by] of [
    ['SIGINT', 'interrupted'],
    ['SIGTERM', 'terminated'],
  ] as const)
    process.on(signal, () => {
      if (ending && performance.now() - since > SAME_KEYPRESS_MS) process.exit(exitCodes[by][0]);
      if (ending) return;
      ending = by;
      since = performance.now();
      say('Removing what was made …');
      interruption.abort();
    });
  return () => ending;
}

function exitCodesHelp(): string {
  const lines = Object.values(exitCodes).map(
    ([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}
