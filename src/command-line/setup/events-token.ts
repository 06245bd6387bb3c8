/** The token by which deliveries of the event stream are accepted: made here, and known to Auth0 and the API only. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './private-file.ts';

export const eventsTokenPath = (folder: string): string => join(folder, 'events.token');

/** @returns the one that Auth0 is to send: during a rotation the first of two lines; undefined when there is no such file */
export function readEventsToken(folder: string): string | undefined {
  const path = eventsTokenPath(folder);
  if (!existsSync(path)) return undefined;
  const [token] = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return token;
}

/** Never replaces one that is there. */
export function makeEventsToken(folder: string): void {
  writePrivate(eventsTokenPath(folder), `${randomBytes(32).toString('base64')}\n`, { isNew: true });
}

/** Auth0 never shows the token: this, in the name of the stream, tells whether it is the same. It is random, so that this gives nothing away. */
export const fingerprintOf = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 12);
