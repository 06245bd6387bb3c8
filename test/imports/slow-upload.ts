/** An upload whose sender takes its time, or goes away in the middle of it. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { types } from '../support/imports.ts';
import { world } from '../support/world.ts';

export interface SlowUpload {
  /** Resolves when it has left the process. */
  write(text: string | Uint8Array): Promise<void>;
  end(): void;
  /** The connection is gone, as when a cable is pulled. */
  cut(): void;
  /** Its other side will go away. */
  expectCut(): void;
  answer(): Promise<{ status: number | undefined; location: string | undefined }>;
}

export async function slowUpload(
  as: string,
  headers: Record<string, string> = {},
  at?: string,
  query = '',
): Promise<SlowUpload> {
  const { hostname, port } = new URL(at ?? (await world()).api);
  const sending = request({
    hostname,
    port,
    method: 'POST',
    path: `/v1/user-imports${query}`,
    headers: { authorization: as, 'content-type': types.ndjson, ...headers },
  });
  sending.flushHeaders();
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  const expectCut = () => void sending.on('error', () => undefined);
  return {
    write: (text) =>
      new Promise((resolve, reject) => sending.write(text, (e) => (e ? reject(e) : resolve()))),
    end: () => void sending.end(),
    expectCut,
    cut() {
      expectCut();
      sending.destroy();
    },
    async answer() {
      const [answer] = await answered;
      answer.resume();
      return { status: answer.statusCode, location: answer.headers.location };
    },
  };
}
