/**
 * The format of what is stored in Redis. Processes of two releases run beside each other during an update: one that is too
 * old for what a newer one writes stops instead of misreading it (docs/upgrading.md, decision 0049).
 */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { keys } from './keys.ts';
import { defineScript, replyOf } from './scripts.ts';

/** What this release writes: raised with each change of a stored shape that the release before cannot read. */
const WRITTEN = 1;
/** The oldest format whose processes can run beside this release; raised to `WRITTEN` by a change of keys or of scripts. */
const READABLE_FROM = 1;

export interface Formats {
  written: number;
  readableFrom: number;
}
/** Of this release. */
export const OWN_FORMATS: Formats = { written: WRITTEN, readableFrom: READABLE_FROM };

export interface FormatWatch {
  /** Whether Redis holds what only newer processes can read. */
  isTooOld(): boolean;
  close(): void;
}

/** Interval of comparisons, ms. */
const LOOK_MS = 3_000;

const raise = defineScript({
  file: new URL('./raise-format.lua', import.meta.url),
  keys: ['format'],
  args: ['written', 'readableFrom'],
  reply: replyOf<[written: number, readableFrom: number]>,
});

/** @returns the formats in Redis, which are at least these */
export async function raiseFormats(redis: Redis, formats: Formats): Promise<Formats> {
  const [written, readableFrom] = await raise(redis, { format: keys.format, ...formats });
  return { written, readableFrom };
}

/** Resolves when the formats were compared. @param onTooOld called once, when a newer process has made this one too old */
export async function watchFormat(
  redis: Redis,
  log: Log,
  onTooOld = (): void => undefined,
): Promise<FormatWatch> {
  let isTooOld = false;

  async function look(): Promise<void> {
    const { written, readableFrom } = await raiseFormats(redis, OWN_FORMATS);
    if (isTooOld || readableFrom <= WRITTEN) return;
    isTooOld = true;
    log.error({ format: WRITTEN, in_redis: written, readable_from: readableFrom }, TOO_OLD);
    onTooOld();
  }

  await look();
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  return { isTooOld: () => isTooOld, close: () => clearInterval(timer) };
}

const TOO_OLD =
  'a newer release of Trivium has written data that this process cannot read: update this process (docs/upgrading.md)';
