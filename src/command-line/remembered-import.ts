/**
 * Remembers which import a command began, so that the same command resumes it: one small file in the user's state folder, named by a hash
 * of what identifies the command (server, key, content, options). It contains no secrets, and nothing of the content.
 */
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

interface Memory {
  url: string;
  file: string;
  fingerprint: string;
  idempotency_key: string;
  import_id?: string;
  started_at: string;
}

export interface RememberedImport {
  /** Sent with the upload: if its answer is lost, a retry gets the same import. */
  idempotencyKey: string;
  importId: string | undefined;
  keep(importId: string): void;
  /** Deletes the file, so that the same command begins a new import. */
  forget(): void;
}

/** @param sameness what identifies the command, including the content's fingerprint */
export function rememberedImport(
  { url, file, fingerprint }: Pick<Memory, 'url' | 'file' | 'fingerprint'>,
  sameness: readonly string[],
  idempotencyKey: string = randomUUID(),
): RememberedImport {
  const folder = join(stateFolder(), 'imports');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = createHash('sha256')
    .update(JSON.stringify([url, fingerprint, ...sameness]))
    .digest('hex');
  const path = join(folder, `${name.slice(0, NAME_CHARACTERS)}.json`);
  const fresh = {
    url,
    file,
    fingerprint,
    idempotency_key: idempotencyKey,
    started_at: new Date().toISOString(),
  };
  const memory = createOrRead(path, fresh);
  return {
    idempotencyKey: memory.idempotency_key,
    importId: memory.import_id,
    keep: (importId) => replace(path, { ...memory, import_id: importId }),
    forget: () => rmSync(path, { force: true }),
  };
}

/** 128 bits. */
const NAME_CHARACTERS = 32;

/** XDG Base Directory Specification; on Windows the folder for local application data. */
function stateFolder(): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'trivium');
  return join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'trivium');
}

/** Of two concurrent commands, one creates the file, the other reads it, and both send the same key. */
function createOrRead(path: string, fresh: Memory): Memory {
  try {
    writeFileSync(path, text(fresh), { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Memory;
  } catch {
    // Truncated by a crash: it names no import that could be resumed.
    replace(path, fresh);
    return fresh;
  }
}

function replace(path: string, memory: Memory): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, text(memory), { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, path);
}

const text = (memory: Memory) => `${JSON.stringify(memory, null, 2)}\n`;
