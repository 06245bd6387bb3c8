/** Runs a command of the operator's to its exit code, whatever happens. */
import { addressOf } from '../api.ts';
import { exitCodes, Failure, type Ending } from '../exit-codes.ts';
import { plainText } from '../plain-text.ts';
import { operatorApi, type OperatorApi } from './operator-api.ts';

export interface Target {
  url?: string;
  allowHttp: boolean;
  folder: string;
}

export const say = (text: string): void =>
  void process.stderr.write(`${text.split('\n').map(plainText).join('\n')}\n`);

export async function ending(
  { url, allowHttp, folder }: Target,
  run: (api: OperatorApi, onBegun: (jobId: string) => void) => Promise<Ending>,
): Promise<void> {
  const interruption = new AbortController();
  let interrupted: Ending | undefined;
  let begun: string | undefined;
  const interrupt = (by: Ending) => () => {
    interrupted = by;
    interruption.abort();
  };
  process.once('SIGINT', interrupt('interrupted')).once('SIGTERM', interrupt('terminated'));
  const result = await (async () =>
    run(operatorApi(addressOf(url, allowHttp), folder, interruption.signal), (id) => (begun = id)))().catch(
    (error: unknown): Ending => {
      if (interrupted) {
        if (begun !== undefined) say(plainText(`Adoption ${begun} continues on the server.`));
        say('Interrupted. The same command follows it again.');
        return interrupted;
      }
      if (error instanceof Failure) {
        say(error.message);
        return error.ending;
      }
      // A stack trace is of no use to the user.
      say(plainText(`A fault of this program: ${String(error)}`));
      return 'broken';
    },
  );
  process.stdout.write('', () => process.exit(exitCodes[result][0]));
}
