/**
 * The file of a backup: JSON lines, compressed. A header, a line for each key, and a last line with their number and a message
 * authentication code over all lines before it, under a key derived from `ENCRYPTION_KEYS`: a file that was cut, changed, or written by
 * another deployment is refused before anything of it is loaded.
 */
import { createHmac, randomUUID, type Hmac } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline as pipe } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { isRecord } from '../json.ts';
import { redisTimestamp } from '../redis/clock.ts';
import type { EncryptionKeys } from '../settings/setting.ts';
import type { SavedKey } from './backup-store.ts';

/** A newer format has a higher number. */
const FORMAT = 1;

export interface BackupHeader {
  trivium_backup: number;
  id: string;
  /** ISO 8601, by the clock of Redis. */
  began_at: string;
  /** Name and version of the server: `RESTORE` takes values of the same version, or of an older one. */
  server: string;
  /** Id of the key of `ENCRYPTION_KEYS` under which it is authenticated. */
  key: string;
  /** Fingerprint of the first `HASH_KEY`. */
  hash_key: string;
}

export interface BackupSecrets {
  ENCRYPTION_KEYS: EncryptionKeys;
  HASH_KEY: readonly Buffer[];
}

/** A sentence for whoever runs the command. */
export class BackupFault extends Error {}

const fingerprint = (key: Buffer): string =>
  createHmac('sha256', key).update('trivium backup').digest('base64url').slice(0, 16);

/** @returns number of keys */
export async function writeBackup(
  file: string,
  keys: AsyncIterable<SavedKey>,
  { ENCRYPTION_KEYS, HASH_KEY }: BackupSecrets,
  server: string,
): Promise<number> {
  const { current, byId } = ENCRYPTION_KEYS;
  const header: BackupHeader = {
    trivium_backup: FORMAT,
    id: randomUUID(),
    began_at: redisTimestamp(),
    server,
    key: current,
    hash_key: fingerprint(HASH_KEY[0]!),
  };
  const mac = macOf(byId.get(current)!);
  let count = 0;
  async function* lines() {
    yield signed(mac, JSON.stringify(header));
    for await (const { key, expiresAt, value } of keys) {
      count += 1;
      yield signed(mac, JSON.stringify([key, expiresAt, value.toString('base64')]));
    }
    yield JSON.stringify({ keys: count, mac: mac.digest('base64url') }) + '\n';
  }
  const part = `${file}.part`;
  try {
    await pipeline(lines, createGzip(), createWriteStream(part, { mode: 0o600 }));
    // Complete on disk before it has its name.
    const handle = await open(part, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return count;
}

const macOf = (key: Buffer): Hmac =>
  createHmac('sha256', createHmac('sha256', key).update('trivium backup file').digest());

function signed(mac: Hmac, text: string): string {
  const line = `${text}\n`;
  mac.update(line);
  return line;
}

/** First yields the header. @throws BackupFault, at the latest after the last key */
export async function* readBackup(
  file: string,
  { ENCRYPTION_KEYS, HASH_KEY }: BackupSecrets,
): AsyncGenerator<BackupHeader | SavedKey> {
  let mac: Hmac | undefined;
  let [count, isComplete] = [0, false];
  for await (const line of linesOf(file)) {
    if (isComplete) throw damaged();
    const value = parse(line);
    if (!mac) {
      const header = toHeader(value);
      mac = macOf(keyFor(header, ENCRYPTION_KEYS));
      if (!HASH_KEY.some((key) => fingerprint(key) === header.hash_key))
        throw new BackupFault(
          'It was written with another HASH_KEY: no credential in it would be recognised.',
        );
      yield header;
    } else if (Array.isArray(value)) {
      const [key, expiresAt, text] = value as unknown[];
      if (typeof key !== 'string' || typeof expiresAt !== 'number' || typeof text !== 'string')
        throw damaged();
      count += 1;
      yield { key, expiresAt, value: Buffer.from(text, 'base64') };
    } else {
      if (!isRecord(value) || value['keys'] !== count || value['mac'] !== mac.digest('base64url'))
        throw damaged();
      isComplete = true;
      continue;
    }
    mac.update(`${line}\n`);
  }
  if (!isComplete) throw damaged();
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip().setEncoding('utf8');
  // Destroys it on an error of the file, which the loop below then throws.
  pipe(createReadStream(file), unpacked, () => undefined);
  let rest = '';
  try {
    for await (const chunk of unpacked) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new BackupFault(`The file cannot be read: ${error.message}`);
    throw damaged();
  }
  if (rest !== '') throw damaged();
}

const damaged = () =>
  new BackupFault('The file is incomplete or damaged, or was written with other ENCRYPTION_KEYS.');

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged();
  }
}

function toHeader(value: unknown): BackupHeader {
  if (!isRecord(value) || typeof value['trivium_backup'] !== 'number') throw damaged();
  if (value['trivium_backup'] > FORMAT)
    throw new BackupFault('The file has a newer format: restore it with the version that wrote it.');
  const text = (name: string): string => {
    const member = value[name];
    if (typeof member !== 'string') throw damaged();
    return member;
  };
  const [id, began_at, server, key, hash_key] = ['id', 'began_at', 'server', 'key', 'hash_key'].map(text);
  return {
    trivium_backup: FORMAT,
    id: id!,
    began_at: began_at!,
    server: server!,
    key: key!,
    hash_key: hash_key!,
  };
}

function keyFor({ key: id }: BackupHeader, { byId }: EncryptionKeys): Buffer {
  const key = byId.get(id);
  if (key) return key;
  throw new BackupFault(`It was written with key ${id} of ENCRYPTION_KEYS, which is not configured.`);
}
