import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** A `fetch` that believes this certificate: Node's own takes its authorities from the environment at start only. */
export function trustingFetch(ca: string): typeof fetch {
  return async (input, init) => {
    const given = new Request(input, init);
    const sent = Buffer.from(await given.arrayBuffer());
    const call = request(given.url, {
      method: given.method,
      // Node adds no length of its own to a DELETE, whose body would then be read as another request.
      headers: { ...Object.fromEntries(given.headers), 'content-length': sent.length },
      ca,
      // No connection outlives its call, so that nothing keeps the stand-in from closing.
      agent: false,
    });
    call.end(sent);
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
