import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

/** A Lua script, sent by its hash and in full only when Redis does not know it. */
export interface Script {
  run(redis: Redis, keys: string[], args: (string | number | Buffer)[]): Promise<unknown>;
  /** Sent in full at once: whatever is sent behind it on the same connection is done behind it. */
  runFirst(redis: Redis, keys: string[], args: (string | number | Buffer)[]): Promise<unknown>;
}

/**
 * @param file the script's file, beside the module that uses it: `new URL('./budget.lua', import.meta.url)`
 * @param uses other scripts, by the name that it calls them by, as functions of `KEYS` and `ARGV`
 */
export function loadScript(file: URL, uses: Record<string, URL> = {}): Script {
  const used = Object.entries(uses).map(
    ([name, of]) => `local function ${name}(KEYS, ARGV)\n${codeOf(of)}\nend\n`,
  );
  const source = used.join('') + codeOf(file);
  const sha = createHash('sha1').update(source).digest('hex');
  return {
    async run(redis, keys, args) {
      try {
        return await redis.evalsha(sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(source, keys.length, ...keys, ...args);
      }
    },
    runFirst: (redis, keys, args) => redis.eval(source, keys.length, ...keys, ...args),
  };
}

/** Without its comment lines: scripts are sent, and hashed by Redis, in full each time that they are sent first. */
function codeOf(file: URL): string {
  return readFileSync(file, 'utf8').replace(/^\s*--.*\n/gm, '');
}
