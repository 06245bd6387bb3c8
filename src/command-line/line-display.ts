/** For logs and pipes: a line for every tenth, and one at intervals to show that the program is alive. */
import type { Display } from './display.ts';
import { inWords, rowsDone } from './import-state.ts';

const TENTHS = 10;
const QUIET_MS = 30_000;

export function lineDisplay(): Display {
  let tenth = -1;
  let lastAt = 0;
  const say = (line: string) => {
    lastAt = Date.now();
    process.stderr.write(`${line}\n`);
  };
  const isTime = (part: number) => {
    const next = Math.floor(part * TENTHS);
    const isDue = next !== tenth || Date.now() - lastAt > QUIET_MS;
    tenth = next;
    return isDue;
  };
  return {
    say,
    uploading(sent, total) {
      if (total === undefined || total === 0 || !isTime(sent / total)) return;
      say(`Uploaded ${Math.floor((sent / total) * 100)} %`);
    },
    working(state) {
      if (isTime(rowsDone(state) / state.total)) say(inWords(state));
    },
    end() {},
  };
}
