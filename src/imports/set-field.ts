import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';

const script = loadScript(new URL('./scripts/set-field.lua', import.meta.url));

/**
 * Sets a field of an import's state, unless the import was removed: a field by itself would stay for good.
 * @param when `nx`: only when it has no value
 * @returns its value then; undefined when there is no import
 */
export async function setField(
  redis: Redis,
  importId: string,
  field: string,
  value: string | number,
  when: 'nx' | 'always' = 'always',
): Promise<string | undefined> {
  const now = await script.run(redis, [keys.userImport(importId)], [field, value, when]);
  return typeof now === 'string' ? now : undefined;
}
