/** Standard Webhooks (spec 1.0.0): HMAC-SHA-256 over id, time and body, one signature for each secret that is good. */
import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** The specification says 24 to 64. */
const SECRET_BYTES = 32;

export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** @param time when it is sent, ms since 1970 */
export function signatureFields(
  id: string,
  time: number,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const seconds = String(Math.floor(time / 1000));
  const sign = (secret: string) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  };
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': secrets.map(sign).join(' ') };
}
