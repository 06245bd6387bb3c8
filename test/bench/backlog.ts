/** Rows that wait, and what they cost Redis. */
import type { Redis } from 'ioredis';
import type { StoredRow } from '../../src/imports/import-store.ts';

/** @param group tells backlogs apart */
export function rowsOf(count: number, group: number | string) {
  return Array.from({ length: count }, (_, i) => ({
    user: {
      email: `row-${group}-${String(i).padStart(7, '0')}@import.example`,
      name: `Row Number ${i}`,
      given_name: 'Row',
      family_name: `Number ${i}`,
      user_metadata: { department: 'Engineering', cost_centre: `CC-${i % 100}`, language: 'en' },
    },
  })) satisfies StoredRow[];
}

/** Bytes. */
export async function usedMemory(redis: Redis): Promise<number> {
  const info = await redis.info('memory');
  return Number(/used_memory_dataset:(\d+)/.exec(info)![1]);
}

/** Jain's index: 1 when all are alike, 1/n when one has everything. */
export function jain(shares: readonly number[]): number {
  const sum = shares.reduce((a, b) => a + b, 0);
  return sum ** 2 / (shares.length * shares.reduce((a, b) => a + b ** 2, 0));
}
