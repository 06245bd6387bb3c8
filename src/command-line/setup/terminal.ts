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
      return askFor(question);
    },
    async askSecret(question) {
      const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
      const answer = await askFor(question, silence);
      process.stderr.write('\n');
      return answer;
    },
    confirm: async (question) => /^y(es)?$/i.test(await askFor(`${question} [y/N]`)),
  };
}

async function askFor(question: string, echo: NodeJS.WritableStream = process.stderr): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: echo, terminal: true });
  try {
    // Only now that the interface has the terminal, which would echo what is typed before.
    if (echo !== process.stderr) process.stderr.write(`${question}: `);
    return (await lines.question(`${question}: `)).trim();
  } finally {
    lines.close();
  }
}
