/** The set-up's own access token for the Management API. It is used for this run, and stored nowhere. */
import { plainText } from '../plain-text.ts';
import { readCliLogin } from './cli-login.ts';
import { SetupFailure, unreachable } from './failure.ts';
import type { Terminal } from './terminal.ts';

export type Environment = Record<string, string | undefined>;

const HOW = [
  'An access token for the Management API is needed:',
  '  in AUTH0_ACCESS_TOKEN, or by AUTH0_SETUP_CLIENT_ID and AUTH0_SETUP_CLIENT_SECRET of a client that you delete afterwards,',
  '  or by `auth0 login` (auth0-cli).',
];

const TIMEOUT_MS = 30_000;

/** @param url of the account @param say says where it comes from, if that is not evident @throws SetupFailure */
export async function accessToken(
  url: string,
  terminal: Terminal,
  env: Environment,
  say: (text: string) => void,
): Promise<string> {
  const { AUTH0_ACCESS_TOKEN: token, AUTH0_SETUP_CLIENT_ID: id, AUTH0_SETUP_CLIENT_SECRET: secret } = env;
  if (token) return token.trim();
  if (id && secret) return exchange(url, `${url}api/v2/`, { client_id: id, client_secret: secret });
  const login = readCliLogin(url, env['HOME']);
  if (login) say(plainText(login.what));
  if (login?.token) return login.token;
  if (!terminal.isInteractive) throw new SetupFailure('usage', HOW);
  return terminal.askSecret('Access token for the Management API (it is not shown)');
}

/** The client-credentials grant. @param proof client id, and what proves it @throws SetupFailure */
export async function exchange(
  url: string,
  audience: string,
  proof: Record<string, string>,
): Promise<string> {
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(`${url}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', audience, ...proof }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    answer = await response.json();
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new SetupFailure('unreachable', [
        `${url}oauth/token did not answer in JSON: is it the domain of an Auth0 account?`,
      ]);
    throw unreachable(url, error);
  }
  const { access_token: token, error }: Record<string, unknown> = { ...(answer ?? {}) };
  if (typeof token === 'string') return token;
  const code = typeof error === 'string' && /^[\w-]+$/.test(error) ? error : 'no reason';
  throw new SetupFailure('refused', [
    `Auth0 gave ${proof['client_id']} no token for ${audience} (${status} ${code}).`,
    '  Is the client authorized for this API (APIs, Machine to Machine Applications), and are id and secret right?',
  ]);
}
