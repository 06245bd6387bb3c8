/** Calls without a pause, at both API processes, until told to stop. */
import { world } from './world.ts';

export interface Traffic {
  /** When each request was sent that was let in. */
  accepted: number[];
  /** Codes of the others. */
  codes: Set<string>;
  /** Every kind of answer: `200`, or a code. */
  last(): (string | undefined)[];
  stop(): Promise<void>;
}

export async function startTraffic(credentials: string[]): Promise<Traffic> {
  const { apis } = await world();
  let flowing = true;
  const accepted: number[] = [];
  const codes = new Set<string>();
  const last: (string | undefined)[] = [];
  const streams = credentials.flatMap((authorization) =>
    apis.map(async (url) => {
      const stream = last.push(undefined) - 1;
      while (flowing) {
        const sent = performance.now();
        const response = await fetch(`${url}/v1/me`, { headers: { authorization } });
        const { code } = (await response.json()) as { code?: string };
        if (response.status === 200) accepted.push(sent);
        else codes.add(code!);
        last[stream] = code ?? String(response.status);
      }
    }),
  );
  return {
    accepted,
    codes,
    last: () => [...last],
    async stop() {
      flowing = false;
      await Promise.all(streams);
    },
  };
}
