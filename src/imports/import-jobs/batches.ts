/**
 * Batches: which rows of an import go to the authority in one import job, and how far that is. Written down before anything is sent,
 * so that whoever takes an import over knows what may be running. Nothing personal: row numbers and the job's id.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from '../../redis/keys.ts';
import { defineScript } from '../../redis/scripts.ts';
import type { ImportedUser } from '../chunks.ts';
import type { ImportState } from '../import-state.ts';
import { isOpenMark } from '../row-outcome.ts';
import type { Row } from '../row-store.ts';
import { setField } from '../set-field.ts';

export interface Batch {
  /** From 0: the first row's number, less one. */
  number: number;
  /** Rows from `from` to `to` that go by import jobs. */
  from: number;
  to: number;
  /** Of these only the ones with a password hash: the others go row by row after all. */
  hashOnly?: boolean;
  /** How often it was sent. */
  sent: number;
  /** It was sent, and nobody knows whether that began a job; or it was sent before. */
  inDoubt?: boolean;
  /** Rows that were in the last file. */
  rows?: number;
  /** The authority's id of the job that runs. */
  job?: string;
  /** When it was sent, ms since 1970. */
  sentMs?: number;
}

/**
 * Somebody else takes the import through import jobs now: whoever had it was taken for dead, say because Redis was away for longer
 * than its lock lasted. To go on would send rows twice.
 */
export class TakenOver extends Error {}

/** As one driver of an import has them: what it writes counts until another one has taken the import over. */
export interface Batches {
  /** From now on the import is this driver's, and nobody else's. */
  takeOver(importId: string): Promise<void>;
  /** @throws TakenOver */
  check(state: ImportState): void;
  list(importId: string): Promise<Batch[]>;
  /** @param before so many rows were in batches already @returns false when somebody else has planned, or taken over, meanwhile */
  plan(importId: string, before: number, upTo: number, batch: Batch | undefined): Promise<boolean>;
  /** @throws TakenOver */
  save(importId: string, batch: Batch): Promise<void>;
  remove(importId: string, batch: Batch): Promise<void>;
}

const planBatch = defineScript({
  file: new URL('./plan-batch.lua', import.meta.url),
  keys: ['state', 'batches'],
  args: ['by', 'before', 'upTo', 'batch', 'number'],
});
const saveBatch = defineScript({
  file: new URL('./save-batch.lua', import.meta.url),
  keys: ['state', 'batches'],
  args: ['by', 'number', 'batch'],
});
const placesOf = (importId: string) => ({
  state: keys.userImport(importId),
  batches: keys.userImportBatches(importId),
});

export function createBatches(redis: Redis): Batches {
  const driver = randomUUID();
  return {
    takeOver: async (importId) => void (await setField(redis, importId, 'driver', driver)),
    check(state) {
      if (state.driver !== driver) throw new TakenOver();
    },
    async list(importId) {
      const found = await redis.hgetall(keys.userImportBatches(importId));
      return Object.values(found)
        .map((text) => JSON.parse(text) as Batch)
        .sort((one, other) => one.number - other.number);
    },
    async plan(importId, before, upTo, batch) {
      const planned = await planBatch(redis, {
        ...placesOf(importId),
        by: driver,
        before,
        upTo,
        batch: batch ? JSON.stringify(batch) : '',
        number: batch?.number ?? '',
      });
      return planned === 1;
    },
    async save(importId, batch) {
      const what = { number: batch.number, batch: JSON.stringify(batch) };
      const saved = await saveBatch(redis, { ...placesOf(importId), by: driver, ...what });
      if (saved !== 1) throw new TakenOver();
    },
    async remove(importId, { number }) {
      await redis.hdel(keys.userImportBatches(importId), String(number));
    },
  };
}

export interface JobRow {
  number: number;
  user: ImportedUser;
}

export const hasHash = ({ password_hash, custom_password_hash }: ImportedUser): boolean =>
  password_hash !== undefined || custom_password_hash !== undefined;

/** Of some rows the ones that are not done and go by import jobs: those take no clear-text password. */
export function jobRows(rows: readonly Row[], { hashOnly = false }: Pick<Batch, 'hashOnly'> = {}): JobRow[] {
  return rows.flatMap(({ number, stored, mark }) => {
    if (!isOpenMark(mark) || !('user' in stored)) return [];
    const { user } = stored;
    return user.password === undefined && (!hashOnly || hasHash(user)) ? [{ number, user }] : [];
  });
}
