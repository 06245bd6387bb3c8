/** Generates the page with the least that API and workers need at Redis: from scripts, stores, and the scripts of BullMQ. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redisCommandsOf } from './redis-commands.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Of the client library and of BullMQ's classes, beyond their scripts. */
const OF_LIBRARIES: Readonly<Record<string, string>> = {
  'auth hello ping info select client|setname client|list': 'opening a connection',
  'eval evalsha multi exec discard subscribe unsubscribe': 'scripts, transactions, notifications',
  'cluster|slots cluster|info asking readonly': 'a cluster only',
  'bzpopmin hgetall hget hset hmget exists del get set lrange llen zrange zrevrange zcard zcount zscore xtrim':
    'BullMQ, outside of its scripts',
};
const KEYS = ['trivium:*', '{trivium}:*'];
const CHANNELS = ['trivium:*'];

/** Sorted, in lower case; subcommands as Redis names them: `client|setname`. */
export function commandsInUse(): string[] {
  const names = [...ofScripts(), ...ofStores(), ...ofBullmq(), ...Object.keys(OF_LIBRARIES).flatMap(words)];
  return [...new Set(names)].sort();
}

/** The rules of the user, as `ACL SETUSER` takes them after name, state and password. */
export function aclRules(): string[] {
  return [
    'resetkeys',
    ...KEYS.map((pattern) => `~${pattern}`),
    'resetchannels',
    ...CHANNELS.map((pattern) => `&${pattern}`),
    '-@all',
    ...commandsInUse().map((name) => `+${name}`),
  ];
}

export function redisAclPage(mark: string): string {
  return `<!-- ${mark} -->

# A Redis user of least privilege

\`npm run generate\` finds the commands in the scripts and stores of this repository and in the scripts of BullMQ; \`test/long/redis/least-privilege.test.ts\` calls every operation as this user. Put a password in the place of \`PASSWORD\`:

\`\`\`
ACL SETUSER trivium on >PASSWORD ${aclRules().join(' ')}
\`\`\`

For Redis 7 or Valkey. \`+config|get\` and \`+client|setinfo\` (7.2 or later) are not needed: with \`+config|get\`, \`trivium doctor\` also says whether snapshots are on. For the sentinels a user needs \`+auth +hello +client +ping +info +subscribe +unsubscribe +sentinel|get-master-addr-by-name +sentinel|sentinels\`, and the channel \`&+switch-master\`.
`;
}

const words = (text: string): string[] => text.split(' ');

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name));
}

function ofScripts(): string[] {
  const texts = filesIn('src', '.lua').map((file) => readFileSync(file, 'utf8'));
  return texts.flatMap((text) => callsIn(text));
}

function ofBullmq(): string[] {
  const files = filesIn('node_modules/bullmq/dist/esm/scripts', '.js');
  return files.flatMap((file) => callsIn(readFileSync(file, 'utf8')));
}

function callsIn(lua: string): string[] {
  const called = [...lua.matchAll(/\b(?:rcall|redis\.p?call)\(\s*['"]([A-Za-z]+)/g)];
  // Some calls choose between two: `redis.call(isNew and 'ZADD' or 'ZINCRBY', …)`.
  const chosen = [...lua.matchAll(/\bcall\([^,]*['"]([A-Z]+)['"] or ['"]([A-Z]+)['"]/g)];
  return [...called, ...chosen].flatMap(([, ...names]) => names).map((name) => name.toLowerCase());
}

function ofStores(): string[] {
  const files = [...filesIn('src', '.ts'), ...filesIn('workers', '.ts')].filter(
    (file) => !/\/src\/(stand-in|command-line|contract|start)\//.test(file),
  );
  return files
    .flatMap((file) => redisCommandsOf(readFileSync(file, 'utf8'), file))
    .filter((name) => name !== 'defineScript' && name !== 'config')
    .map((name) => name.toLowerCase().replace(/buffer$/, ''));
}
