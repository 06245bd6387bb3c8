import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** A `fetch` that believes this certificate: Node's own takes its authorities from the environment at start only. */
export function trustingFetch(ca: string): typeof fetch {
  return async (input, init) => {
    const given = new Request(input, init);
    const call = request(given.url, {
      method: given.method,
      headers: Object.fromEntries(given.headers),
      ca,
      // No connection outlives its call, so that nothing keeps the stand-in from closing.
      agent: false,
    });
    call.end(Buffer.from(await given.arrayBuffer()));
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const body = await buffer(answer);
    return new Response(body.length === 0 ? null : new Uint8Array(body), {
      status: answer.statusCode ?? 0,
      headers: answer.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [[name, all[index + 1] ?? ''] as [string, string]] : [],
      ),
    });
  };
}
