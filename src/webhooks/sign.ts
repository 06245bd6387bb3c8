/** Signs messages by Standard Webhooks (spec 1.0.0), with one signature per valid secret. */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** The specification requires 24 to 64. */
const SECRET_BYTES = 32;

export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** @param time when it is sent, ms since 1970. @param secrets several during a rotation: receivers may have either */
export function signatureFields(
  id: string,
  time: number,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, new Date(time), body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}
