/** Generates the page of all keys in Redis from their definitions. */
import { entities, type Bound, type KeyDefinition } from '../redis/key-definition.ts';
import { keyDefinitions } from '../redis/keys.ts';
import { queueKeys } from '../redis/keys/queues.ts';

export function redisKeysPage(mark: string): string {
  const all: readonly KeyDefinition[] = Object.values(keyDefinitions);
  return `<!-- ${mark} -->

# Keys in Redis

Every key that API and workers write, and its bound: a TTL, a maximum number of entries or bytes, or one entry for each entity that exists elsewhere. A key without a bound does not compile (\`src/redis/keys.ts\`). \`<…>\` stands for a variable part. Secret or personal values are hashed or encrypted.

${table(all)}
## Entities

| entity | bound on their number |
| --- | --- |
${Object.entries(entities)
  .map(([name, limit]) => `| ${name} | ${limit} |\n`)
  .join('')}
## Keys of BullMQ

For each queue: \`relay\`, \`user-imports\`, \`import-jobs\`, \`upkeep\`, \`webhooks\`.

${table(Object.values(queueKeys))}`;
}

function table(all: readonly KeyDefinition[]): string {
  const rows = all.map(({ pattern, type, holds, bound, writtenBy }) => {
    const cells = [`\`${pattern}\``, type, holds, boundText(bound), writtenBy];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  });
  return `| pattern | type | holds | bound | written by |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
}

const count = (number: number): string => number.toLocaleString('en-US');

function boundText({ expiresMs, after, entries, perEntity, times = 1, bytes, by }: Bound): string {
  const texts = [
    expiresMs === undefined ? '' : `expires within ${timeText(expiresMs)}${after ? ` of ${after}` : ''}`,
    entries === undefined ? '' : `${count(entries)} entries`,
    perEntity === undefined ? '' : `${times === 1 ? 'one entry' : `${times} entries`} for each ${perEntity}`,
    bytes === undefined ? '' : typeof bytes === 'number' ? `${count(bytes)} bytes` : `bytes: \`${bytes}\``,
  ].filter((text) => text !== '');
  return texts.join(', ') + (by === undefined ? '' : ` (${by})`);
}

function timeText(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const;
  const [unit, length] = units.find(([, one]) => ms >= one) ?? ['s', 1_000];
  return `${ms / length} ${unit}`;
}
