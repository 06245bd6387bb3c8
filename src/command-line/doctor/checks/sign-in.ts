/**
 * A person signs in, by the authorization code flow with PKCE and a loopback address (RFC 8252): the program prints links and waits. It
 * never sees a password, so it works with any sign-in page, second factor or identity provider.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callApi, textIn } from '../call-api.ts';
import type { Doctor } from '../doctor.ts';
import { finding } from '../finding.ts';
import { checkToken } from '../token-claims.ts';
import { checkMe } from './key.ts';
import type { ThrowAway } from './throw-away.ts';

export interface Loopback {
  callback: string;
  /** The parameters with which a browser comes back with this state. */
  returned(state: string, signal: AbortSignal): Promise<URLSearchParams>;
  close(): void;
}

const WAIT_MS = 600_000;
const PAGE = '<!doctype html><title>Trivium doctor</title><p>You can close this page.';

export async function openLoopback(): Promise<Loopback> {
  const waiting = new Map<string, (parameters: URLSearchParams) => void>();
  const server: Server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' }).end(PAGE);
    waiting.get(searchParams.get('state') ?? '')?.(searchParams);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    callback: `http://127.0.0.1:${port}/callback`,
    returned: (state, signal) =>
      new Promise((resolve, reject) => {
        waiting.set(state, resolve);
        signal.addEventListener('abort', () => reject(toError(signal.reason)), { once: true });
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

export interface SignIn {
  /** For people. */
  whose: string;
  kind: 'user' | 'app';
  authorize: string;
  clientId: string;
  redirectUri: string;
  scope: string;
}

/** @returns nothing: what is found is reported */
export async function checkSignIn(
  doctor: Doctor,
  loopback: Loopback,
  { whose, kind, authorize, clientId, redirectUri, scope }: SignIn,
  { tenantId, connection, organization }: ThrowAway,
): Promise<void> {
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')];
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    audience: doctor.audience,
    scope,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(doctor.options.user !== undefined && { login_hint: doctor.options.user }),
    ...(connection !== undefined && { connection }),
    ...(organization !== undefined && { organization }),
  });
  doctor.say(`Open this address in a browser, and sign in as ${doctor.options.user} (${whose}):`);
  doctor.say(`  ${authorize}?${query.toString()}`);
  const signal = AbortSignal.any([doctor.signal, AbortSignal.timeout(WAIT_MS)]);
  const fail = (what: string) => doctor.found(finding('sign_in_failed', `${whose}: ${what}`));
  let returned: URLSearchParams;
  try {
    returned = await loopback.returned(state, signal);
  } catch (error) {
    doctor.signal.throwIfAborted();
    if (signal.aborted) return fail('nobody has signed in within ten minutes');
    throw error;
  }
  const code = returned.get('code');
  if (!code) return fail(returned.get('error_description') ?? returned.get('error') ?? 'no code');
  const token = await redeem(doctor, {
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
  if (token === undefined) return fail('the code was not exchanged for a token');
  const claims = { tenant_id: tenantId, user_id: undefined, roles: undefined };
  const findings = checkToken(doctor, `${whose}'s token`, token, claims);
  doctor.found(...findings);
  if (findings.length === 0) doctor.proved(`${whose}'s token has the right claims`);
  await checkMe(doctor, `Bearer ${token}`, whose, { kind, tenant_id: tenantId });
}

async function redeem(
  { authority, signal }: Doctor,
  grant: Record<string, string>,
): Promise<string | undefined> {
  const body = { grant_type: 'authorization_code', ...grant };
  return (
    textIn((await callApi(authority, 'POST', 'oauth/token', { body, signal })).body, 'access_token') ||
    undefined
  );
}
