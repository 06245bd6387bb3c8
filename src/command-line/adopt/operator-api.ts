/** The API as its operator calls it. */
import { setTimeout as delay } from 'node:timers/promises';
import { explainNetwork } from '../explain-network.ts';
import { explainProblem } from '../explain-problem.ts';
import { Failure, mayPass } from '../exit-codes.ts';
import { SetupFailure } from '../setup/failure.ts';
import { operatorToken } from '../setup/operator-token.ts';

export interface OperatorApi {
  /** Without a trailing slash. */
  url: string;
  signal: AbortSignal;
  /** @returns the answer, if it is a success @throws Failure */
  send(method: 'GET' | 'POST', path: string, more?: Request): Promise<Response>;
}

interface Request {
  body?: object;
  headers?: Record<string, string>;
}

/** A token of `trivium setup` is good for an hour at least; an adoption may be followed for longer. */
const TOKEN_MS = 600_000;

/** @param folder that `trivium setup` writes to, unless the token is in the environment */
export function operatorApi(url: string, folder: string, signal: AbortSignal): OperatorApi {
  const token = tokenOf(folder);
  return {
    url,
    signal,
    async send(method, path, { body, headers = {} } = {}) {
      const authorization = `Bearer ${await token()}`;
      let response: Response;
      try {
        response = await fetch(url + path, {
          method,
          headers: {
            accept: 'application/json',
            ...(body && { 'content-type': 'application/json' }),
            ...headers,
            authorization,
          },
          ...(body && { body: JSON.stringify(body) }),
          // The token is for this URL, not for a redirect's target.
          redirect: 'manual',
          signal,
        });
      } catch (error) {
        throw explainNetwork(url, error) ?? error;
      }
      if (response.ok) return response;
      throw await explainProblem(url, response);
    },
  };
}

function tokenOf(folder: string): () => Promise<string> {
  const { TRIVIUM_OPERATOR_TOKEN: given } = process.env;
  if (given) return () => Promise.resolve(given.trim());
  let made: { token: string; at: number } | undefined;
  return async () => {
    if (!made || performance.now() - made.at > TOKEN_MS)
      made = { token: await operatorToken(folder).catch(explained), at: performance.now() };
    return made.token;
  };
}

function explained(error: unknown): never {
  if (!(error instanceof SetupFailure)) throw error;
  const ending = error.ending === 'unreachable' || error.ending === 'refused' ? error.ending : 'usage';
  const or = '  Or set TRIVIUM_OPERATOR_TOKEN.';
  throw new Failure(ending, [error.message, ...(ending === 'usage' ? [or] : [])], { cause: error });
}

/** Consecutive failures; with increasing delays these take about two minutes. */
const MAX_FAILURES = 8;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Repeats what has no second effect while the server is away. @param troubled called before the first repetition */
export async function patiently<T>(
  { signal }: OperatorApi,
  troubled: (failure: Failure) => void,
  ask: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || !(error instanceof Failure) || !mayPass(error) || failures > MAX_FAILURES)
        throw error;
      if (failures === 1) troubled(error);
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS), undefined, { signal });
    }
  }
}
