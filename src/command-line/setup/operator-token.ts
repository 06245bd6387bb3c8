/** `trivium token`: an operator's access token, by the private key that `trivium setup` has made. */
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exchange } from './access-token.ts';
import { readEnvironment } from './environment-file.ts';
import { SetupFailure } from './failure.ts';

const LIFETIME_SECONDS = 60;

/** @param folder that `trivium setup` writes to @throws SetupFailure */
export async function operatorToken(folder: string): Promise<string> {
  const file = join(resolve(folder), 'operator.env');
  if (!existsSync(file))
    throw new SetupFailure('usage', [
      `${file} does not exist: \`trivium setup\` writes it. If it is elsewhere, name its --folder.`,
    ]);
  const { own, foreign } = readEnvironment(file);
  const values = { ...own, ...foreign };
  const { AUTHORITY_URL: url, AUDIENCE: audience } = values;
  const { OPERATOR_CLIENT_ID: clientId, OPERATOR_PRIVATE_KEY_FILE: keyFile } = values;
  if (!url || !audience || !clientId || !keyFile)
    throw new SetupFailure('usage', [`${file} is not what \`trivium setup\` writes.`]);
  return exchange(url, audience, {
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(clientId, url, keyFile),
  });
}

/** RFC 7523. */
function assertion(clientId: string, audience: string, keyFile: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: now,
    exp: now + LIFETIME_SECONDS,
  };
  const text = [{ alg: 'RS256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  try {
    const signature = sign('sha256', Buffer.from(text), createPrivateKey(readFileSync(keyFile)));
    return `${text}.${signature.toString('base64url')}`;
  } catch (error) {
    throw new SetupFailure('usage', [`${keyFile} cannot be read as a private key.`], error);
  }
}
