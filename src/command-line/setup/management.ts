/** Calls to Auth0's Management API: within its rate limits, and with its errors in words. */
import { setTimeout as delay } from 'node:timers/promises';
import { parsed, recordOf, secondsToWait, type Json } from './answers.ts';
import { SetupFailure, unreachable } from './failure.ts';
import { createReader, type Reader } from './reader.ts';
import { explainRefusal } from './refusal.ts';

export type Method = 'GET' | 'POST' | 'PATCH';

export interface Management extends Reader {
  /** Never repeated unless Auth0 said that it did nothing (429). */
  write(method: Exclude<Method, 'GET'>, path: string, body: unknown): Promise<Json>;
}

interface Parts {
  /** Of the account, with a trailing slash. */
  url: string;
  token: string;
  signal: AbortSignal;
  /** What it waits for, for people. */
  say: (text: string) => void;
}

const TIMEOUT_MS = 30_000;
const READ_TRIES = 3;
const LIMITED_TRIES = 20;

export function createManagement({ url, token, signal, say }: Parts): Management {
  const base = `${url}api/v2`;

  async function once(method: Method, path: string, body: unknown): Promise<Response> {
    return fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? undefined : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? undefined : { body: JSON.stringify(body) }),
      // The token is for this account, not for a redirect's target.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  }

  /** A request that Auth0 has limited did nothing, so that it can be repeated. */
  async function withinLimits(method: Method, path: string, body: unknown): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const response = await once(method, path, body);
      if (response.status !== 429 || tries === LIMITED_TRIES) return response;
      await response.body?.cancel();
      const seconds = secondsToWait(response.headers);
      say(`Auth0 limits requests: waiting ${seconds} s.`);
      await delay(seconds * 1000, undefined, { signal });
    }
  }

  async function read(path: string): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      try {
        const response = await withinLimits('GET', path, undefined);
        if (response.status < 500 || tries === READ_TRIES) return response;
        await response.body?.cancel();
      } catch (error) {
        if (signal.aborted) throw error;
        if (tries === READ_TRIES) throw unreachable(url, error);
      }
      await delay(tries * 1000, undefined, { signal });
    }
  }

  async function getAny(path: string): Promise<unknown> {
    const response = await read(path);
    if (response.status === 404) return undefined;
    return answerOf(response, 'GET', path, url);
  }

  return {
    ...createReader(getAny, (error) => (error instanceof SetupFailure ? error.forbidden : undefined)),
    async write(method, path, body) {
      let response: Response;
      try {
        response = await withinLimits(method, path, body);
      } catch (error) {
        if (signal.aborted) throw error;
        throw unreachable(url, error);
      }
      return recordOf(await answerOf(response, method, path, url)) ?? {};
    },
  };
}

async function answerOf(response: Response, method: Method, path: string, url: string): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => Promise.reject(unreachable(url, error)));
  const answer = parsed(text);
  if (response.ok) return answer;
  throw explainRefusal(response.status, recordOf(answer), `${method} /api/v2${path.split('?')[0]}`);
}
