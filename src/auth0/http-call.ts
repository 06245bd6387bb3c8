/**
 * HTTP as the SDK wants it, without what makes `fetch` dear: to build a `Request`, a `Response` and their streams costs a worker more
 * than all else that it does for a small call.
 */
import { gunzipSync } from 'node:zlib';
import { request, type Dispatcher } from 'undici';

/** @param timeoutMs how long the call may take, with its answer's body */
export async function httpCall(url: URL, init: RequestInit, timeoutMs: number): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { method = 'GET', headers, body } = init;
  // Files for import jobs are forms: few, and large.
  if (typeof body !== 'string' && body !== null && body !== undefined) return fetch(url, { ...init, signal });
  const answer = await request(url, {
    method,
    headers: [...new Headers(headers), ['accept-encoding', 'gzip']].flat(),
    body: body ?? null,
    signal,
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const isGzip = answer.headers['content-encoding'] === 'gzip';
  return new ReadResponse(url, answer, (isGzip ? gunzipSync(bytes) : bytes).toString('utf8')).asResponse();
}

/** What the SDK and we ask of a `Response`. Its body was read already, so it can be asked for as often as one likes. */
class ReadResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly url: string;
  readonly statusText = '';
  readonly redirected = false;
  readonly type = 'basic';
  readonly #text: string;

  constructor(url: URL, { statusCode, headers }: Dispatcher.ResponseData, text: string) {
    this.status = statusCode;
    this.ok = statusCode >= 200 && statusCode < 300;
    this.headers = new Headers(
      Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      ),
    );
    this.url = url.href;
    this.#text = text;
  }

  text(): Promise<string> {
    return Promise.resolve(this.#text);
  }

  json(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.#text));
  }

  clone(): this {
    return this;
  }

  asResponse(): Response {
    return this as unknown as Response;
  }
}
