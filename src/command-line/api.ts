/** The API client: authenticates, and turns every failure into text for people. */
import { explainNetwork } from './explain-network.ts';
import { explainProblem } from './explain-problem.ts';
import { Failure } from './exit-codes.ts';

export interface Api {
  /** Without a trailing slash. */
  url: string;
  clientId: string;
  /** Value of `Authorization`. */
  authorization: string;
  signal: AbortSignal;
}

/**
 * @param headers especially `accept`
 * @throws Failure when the status is not 200
 */
export async function get(api: Api, path: string, headers: Record<string, string> = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(api.url + path, {
      headers: { authorization: api.authorization, ...headers },
      // The credential is for this URL, not for a redirect's target.
      redirect: 'manual',
      signal: api.signal,
    });
  } catch (error) {
    throw explainNetwork(api.url, error) ?? error;
  }
  if (response.status === 200) return response;
  throw await explainProblem(api.url, response);
}

/** URL and credential. The credential is never an argument: other users of the machine can see those. */
export function connect(url: string | undefined, allowHttp: boolean, signal: AbortSignal): Api {
  const address = addressOf(url, allowHttp);
  const { TRIVIUM_CLIENT_ID: clientId, TRIVIUM_CLIENT_SECRET: secret } = process.env;
  if (!clientId || !secret) {
    throw new Failure('usage', ['The key is missing: set TRIVIUM_CLIENT_ID and TRIVIUM_CLIENT_SECRET.']);
  }
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  return { url: address, clientId, authorization, signal };
}

/** @returns without a trailing slash. @throws Failure when it is none, or the credential would be sent unencrypted */
export function addressOf(url: string | undefined, allowHttp: boolean): string {
  if (!url) throw new Failure('usage', ['Where is the API? Give --url, or set TRIVIUM_URL.']);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (
    !parsed ||
    !/^https?:$/.test(parsed.protocol) ||
    parsed.username ||
    parsed.password ||
    parsed.search ||
    parsed.hash
  ) {
    throw new Failure('usage', [
      '--url (or TRIVIUM_URL) must be the address of the API: https://api.example.com',
    ]);
  }
  if (parsed.protocol === 'http:' && !isLoopback(parsed) && !allowHttp) {
    throw new Failure('usage', ['The key would be sent unencrypted: use https://, or --allow-http.']);
  }
  return url.replace(/\/+$/, '');
}

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
