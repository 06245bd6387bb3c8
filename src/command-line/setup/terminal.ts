/** Questions on a terminal. What is secret is not echoed. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { SetupFailure } from './failure.ts';

export interface Terminal {
  isInteractive: boolean;
  /** @param option that answers it where nobody can be asked @throws SetupFailure */
  ask: (question: string, option: string) => Promise<string>;
  askSecret(question: string): Promise<string>;
  confirm(question: string): Promise<boolean>;
}

export function openTerminal(): Terminal {
  const isInteractive = process.stdin.isTTY && process.stderr.isTTY;
  return {
    isInteractive,
    async ask(question, option) {
      if (!isInteractive) throw new SetupFailure('usage', [`${question}: give ${option}.`]);
      return askFor(question, process.stderr);
    },
    async askSecret(question) {
      process.stderr.write(`${question}: `);
      const answer = await askFor('', new Writable({ write: (_chunk, _encoding, done) => done() }));
      process.stderr.write('\n');
      return answer;
    },
    confirm: async (question) => /^y(es)?$/i.test(await askFor(`${question} [y/N]`, process.stderr)),
  };
}

async function askFor(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return (await lines.question(question === '' ? '' : `${question}: `)).trim();
  } finally {
    lines.close();
  }
}
