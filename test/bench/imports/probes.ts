/** Requests of somebody else meanwhile: sent at their own pace, whatever the answers take, so that no wait hides another one. */
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 10;

export interface Probes {
  /** Ends them. @returns how long each took, ms */
  stop(): Promise<number[]>;
}

export function startProbes(urls: readonly string[], authorization: string): Probes {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const times: number[] = [];
  const underWay = new Set<Promise<void>>();
  let fault: Error | undefined;
  let count = 0;

  function send(): Promise<void> {
    const url = urls[(count += 1) % urls.length]!;
    const started = performance.now();
    return new Promise<void>((resolve, reject) => {
      request(url, { agent, headers: { authorization } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
        response.resume().on('end', () => {
          times.push(performance.now() - started);
          resolve();
        });
      })
        .on('error', reject)
        .end();
    });
  }

  const timer = setInterval(() => {
    const one = send()
      .catch((error: Error) => (fault ??= error))
      .then(() => void underWay.delete(one));
    underWay.add(one);
  }, EVERY_MS);

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      agent.destroy();
      if (fault) throw fault;
      return times;
    },
  };
}

export async function probeFor(
  ms: number,
  urls: readonly string[],
  authorization: string,
): Promise<number[]> {
  const probes = startProbes(urls, authorization);
  await delay(ms);
  return probes.stop();
}
