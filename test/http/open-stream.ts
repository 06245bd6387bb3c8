/** An answer that comes as a stream, as a client sees it that can tell a whole one from one that broke off. */
import { expect } from 'chai';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { until } from '../support/api-keys.ts';
import { call } from '../support/client.ts';
import { world } from '../support/world.ts';

export interface OpenStream {
  status: number;
  headers: IncomingHttpHeaders;
  /** What has come so far. */
  text(): string;
  ended: Promise<'whole' | 'broken'>;
  /** Of an event stream: data of its last event, if that says why it ends. */
  reason(): { code: string; title: string } | undefined;
  pause(): void;
  resume(): void;
  leave(): void;
}

export interface Opening {
  as: string;
  accept?: string;
  /** Address of an API process; the first when left out. */
  at?: string;
}

export const EVENTS = 'text/event-stream';
export const LINES = 'application/x-ndjson';

/** @param isPaused nothing is read before `resume` */
export async function openStream(
  path: string,
  { as, accept = EVENTS, at }: Opening,
  isPaused = false,
): Promise<OpenStream> {
  const { hostname, port } = new URL(at ?? (await world()).api);
  const asking = request({ hostname, port, path, headers: { authorization: as, accept }, agent: false });
  asking.end();
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    asking.once('response', resolve).once('error', reject),
  );
  let text = '';
  const ended = new Promise<'whole' | 'broken'>((resolve) => {
    answer.once('error', () => resolve('broken')).once('close', () => resolve(endOf(answer)));
  });
  answer.setEncoding('utf8');
  if (isPaused) answer.pause();
  answer.on('data', (piece: string) => (text += piece));
  if (isPaused) answer.pause();
  return {
    status: answer.statusCode!,
    headers: answer.headers,
    text: () => text,
    ended,
    reason() {
      const data = /\n\nevent: end\ndata: (.*)\n\n$/.exec(text)?.[1];
      return data === undefined ? undefined : (JSON.parse(data) as { code: string; title: string });
    },
    pause: () => void answer.pause(),
    resume: () => void answer.resume(),
    leave: () => void asking.destroy(),
  };
}

const endOf = (answer: IncomingMessage) => (answer.complete ? 'whole' : 'broken');

/** A number that an API process counts. */
export async function measureOf(name: string, at?: string): Promise<number> {
  const { body } = await call('GET', '/metrics', at === undefined ? {} : { at });
  const line = (body as string)
    .split('\n')
    .find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
  return Number(line?.split(' ').at(-1) ?? 0);
}

/** Events of an import at both processes, of which the first has come. */
export async function watchAtBoth(path: string, as: string): Promise<OpenStream[]> {
  const { apis } = await world();
  const streams = await Promise.all(apis.map((at) => openStream(`${path}/events`, { as, at })));
  expect(streams.map(({ status }) => status)).to.deep.equal([200, 200]);
  await until(() => streams.every((stream) => stream.text().includes('event: import')));
  return streams;
}
