/** Redis is spoken in stores: each thing that is kept has one file that knows its keys, commands and scripts. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redisCommandsOf } from '../../src/start/redis-commands.ts';

/** File → what it keeps. */
const STORES: Record<string, string> = {
  'src/authentication/api-key/key-validation-cache.ts': 'what the authority said of API keys',
  'src/authority-events/authority-event-state.ts': 'what tells of changes at the authority',
  'src/authority-events/authority-event-store.ts':
    'events of the authority, users to be read because of them',
  'src/authority-events/own-changes.ts': 'what this deployment changes in users at the authority',
  'src/diagnosis/refusal-store.ts': 'the last refusals',
  'src/events/audit-log.ts': 'audit logs',
  'src/adoptions/adoption-store.ts': 'adoptions of users, claims',
  'src/events/outbox-store.ts': 'events on their way to the audit logs',
  'src/events/service-events.ts': 'events that services record, on their way to the outbox',
  'src/events/usage-store.ts': 'usage',
  'src/gateway/keyed/keyed-request-store.ts': 'requests to services with an idempotency key, their answers',
  'src/gateway/signing-key-store.ts': 'keys that sign principal tokens',
  'src/imports/import-jobs/import-jobs-store.ts': "batches of an import, places for Auth0's import jobs",
  'src/imports/import-store.ts': 'user imports, their rows and outcomes',
  'src/imports/upload-store.ts': 'uploads that are under way',
  'src/limits/limit-store.ts': 'limits of requests and attempts',
  'src/registration/metadata-document/document-store.ts': 'metadata documents of apps',
  'src/registry/api-keys.ts': 'API keys, their use and exchanges',
  'src/registry/account-check.ts': 'the last comparison of the account',
  'src/registry/api-scopes.ts': 'the scopes that the API has at the authority',
  'src/registry/app-decisions.ts': 'what tenants and users have to do with apps',
  'src/registry/app-places.ts': 'lists of apps',
  'src/registry/apps.ts': 'apps',
  'src/registry/changes.ts': 'the log of changes of the registry',
  'src/registry/client-store.ts': 'clients of any kind, single-page apps and their origins',
  'src/registry/initial-access-tokens.ts': 'initial access tokens',
  'src/registry/pending-cleanups.ts': 'what was begun and has to be brought to its end',
  'src/registry/registrations.ts': 'registrations that are under way',
  'src/registry/tenants.ts': 'tenants',
  'src/registry/user-marks.ts': 'marks of users, withdrawn consents',
  'src/relay/budget.ts': "the budget's buckets",
  'src/relay/fair-queue/backlog-store.ts': 'who has waiting jobs',
  'src/relay/fair-queue/fair-queue.ts': 'whose turn is next',
  'src/relay/job-steps.ts': 'steps of a relay job',
  'src/relay/job-store.ts': 'relay jobs, dead letters',
  'src/restore/backup-store.ts': 'all keys, for a backup',
  'src/restore/clear-restored.ts': 'what a restored Redis must not go on with',
  'src/restore/restored-state.ts': 'a restore from a backup',
  'src/webhooks/host-pace.ts': 'how often a host is called',
  'src/webhooks/webhook-store.ts': 'webhooks, what is due at each, deliveries',
};
/** What stores are built on. */
const MACHINERY: Record<string, string> = {
  'src/redis/clock.ts': "Redis' clock",
  'src/redis/connections.ts': 'sending a pipeline',
  'src/redis/format.ts': 'which formats processes write and read',
  'src/redis/key-watch.ts': 'which keys processes write with',
  'src/redis/redis-facts.ts': 'what Redis says of itself',
  'src/redis/living-workers.ts': 'which workers are alive',
  'src/redis/leases.ts': 'what a process says of itself for a while',
  'src/redis/scripts.ts': 'running scripts',
  'src/redis/notifications.ts': 'listening to channels',
};

const MAX_LINES = 300;

const speakers = ['src', 'workers']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/^(stand-in|command-line|contract)\//.test(name))
      .map((name) => join(folder, name)),
  )
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  .map(({ file, text }) => ({ file, text, commands: redisCommandsOf(text, file) }))
  .filter(({ commands }) => commands.length > 0);

describe('commands of Redis', () => {
  for (const [what, text, found] of [
    ['on a connection', "export const f = (redis: Redis) => redis.get('a');", ['get']],
    ['on one by another name', "function f(store: Redis) { return store.hget('a', 'b'); }", ['hget']],
    [
      'on a member',
      "class A { constructor(readonly db: Redis) {} f() { return this.db.del('a'); } }",
      ['del'],
    ],
    ['on a part that was given', "const f = ({ redis }: Parts) => redis.zadd('a', 1, 'b');", ['zadd']],
    ['on services', "const f = (services: Services) => services.redis.exists('a');", ['exists']],
    [
      'on a transaction',
      "const f = (redis: Redis) => redis.multi().set('a', 1).exec();",
      ['exec', 'set', 'multi'],
    ],
    [
      'on a transaction by name',
      "function f(redis: Redis) { const w = redis.multi(); w.sadd('a', 'b'); }",
      ['multi', 'sadd'],
    ],
    [
      'on a transaction that was given',
      "const f = (w: ChainableCommander) => w.xadd('a', '*', 'b', 'c');",
      ['xadd'],
    ],
    ['for bytes', "const f = (redis: Redis) => redis.getrangeBuffer('a', 0, 1);", ['getrangeBuffer']],
    ['by a script', "const s = defineScript({ file, keys: ['a'], args: [] });", ['defineScript']],
    ['none: a map', "const m = new Map(); m.get('a'); m.set('a', 1); new Set().has('a');", []],
    [
      'none: an event of a connection',
      "const f = (redis: Redis) => redis.on('error', () => undefined).disconnect();",
      [],
    ],
    ['none: a store', "const f = (redis: Redis) => readTenant(redis, 'a');", []],
  ] as const)
    it(`are found ${what}`, () => expect(redisCommandsOf(text)).to.have.members(found));

  for (const { file, text, commands } of speakers) {
    it(`are given by stores only: ${file}`, () => {
      const isStore = file in STORES || file in MACHINERY;
      const sentence =
        `${file} calls ${[...new Set(commands)].join(', ')}: commands and scripts belong to the store of what they read or write ` +
        '(test/house/redis-commands.test.ts lists them); add a function there, and call that';
      expect(isStore, sentence).to.equal(true);
    });
    it(`do not make a file grow beyond ${MAX_LINES} lines: ${file}`, () =>
      expect(text.split('\n').length - 1).to.be.at.most(MAX_LINES));
  }

  it('are given by each of the stores that are listed', () => {
    const found = speakers.map(({ file }) => file);
    expect(Object.keys({ ...STORES, ...MACHINERY }).sort()).to.deep.equal(found.sort());
  });
});
