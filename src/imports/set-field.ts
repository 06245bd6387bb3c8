import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';

const setStateField = defineScript({
  file: new URL('./scripts/set-field.lua', import.meta.url),
  keys: ['state'],
  args: ['field', 'value', 'when'],
});

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
  const now = await setStateField(redis, { state: keys.userImport(importId), field, value, when });
  return typeof now === 'string' ? now : undefined;
}
