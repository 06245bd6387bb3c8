/** An API key, from its token to a relayed call. */
import { exchange } from '../../setup/access-token.ts';
import { SetupFailure } from '../../setup/failure.ts';
import { callApi, type Answer } from '../call-api.ts';
import type { Doctor } from '../doctor.ts';
import { finding } from '../finding.ts';
import { checkToken } from '../token-claims.ts';
import type { ThrowAway } from './throw-away.ts';

export async function checkKey(doctor: Doctor, { tenantId, key }: ThrowAway): Promise<void> {
  const { url, authority, audience, signal, found, proved } = doctor;
  const token = await exchange(authority, audience, {
    client_id: key.clientId,
    client_secret: key.secret,
  }).catch((error: unknown) => {
    if (!(error instanceof SetupFailure)) throw error;
    found(finding('key_token_refused', error.message.split('\n')[0] ?? ''));
    return undefined;
  });
  if (token !== undefined) {
    const findings = checkToken(doctor, "the key's token", token, { tenant_id: tenantId });
    found(...findings);
    if (findings.length === 0) proved('a new API key gets a token with the right claims');
    await checkMe(doctor, `Bearer ${token}`, "the key's token", { kind: 'tenant', tenant_id: tenantId });
  }
  await checkMe(doctor, key.authorization, 'the key', { kind: 'tenant', tenant_id: tenantId });
  signal.throwIfAborted();
  const path = '/v1/users?limit=1';
  const users = await callApi(url, 'GET', path, { authorization: key.authorization, signal });
  if (users.status === 200) proved('a call is relayed to Auth0 and back');
  else found(finding('relay_failed', `GET ${path} with the key: ${users.said}`, url));
}

/** @param wanted members of the answer */
export async function checkMe(
  { url, signal, found, proved }: Doctor,
  authorization: string,
  whose: string,
  wanted: Record<string, string>,
): Promise<Answer> {
  const me = await callApi(url, 'GET', '/v1/me', { authorization, signal });
  const wrong = Object.entries(wanted).find(([name, value]) => me.body[name] !== value);
  if (me.status !== 200) found(finding('key_refused', `/v1/me with ${whose}: ${me.said}`));
  else if (wrong)
    found(
      finding(
        'principal_wrong',
        `/v1/me with ${whose}: ${wrong[0]} is ${String(me.body[wrong[0]])}, not ${wrong[1]}`,
      ),
    );
  else proved(`/v1/me knows ${whose}`);
  return me;
}
