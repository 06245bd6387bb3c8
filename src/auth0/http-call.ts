/**
 * HTTP for the SDK without the costly parts of `fetch`: building `Request`, `Response` and their streams costs a worker
 * more than everything else in a small call.
 */
import { gunzipSync } from 'node:zlib';
import { request, type Dispatcher } from 'undici';

/** @param timeoutMs for the whole call, including the answer's body */
export async function httpCall(url: URL, init: RequestInit, timeoutMs: number): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { method = 'GET', headers, body } = init;
  // Files for import jobs are multipart forms: few, and large.
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

/** The part of `Response` that the SDK and we use. Its body is in memory, so it can be read repeatedly. */
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
