/** Wherever a registration breaks off, either its caller is told and everything stays, or nobody is and nothing does. On a real Redis. */
import { expect } from 'chai';
import { Problem, type ProblemCode } from '../../src/problem.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { keys } from '../../src/redis/keys.ts';
import { RegistrationSaga, type Completion } from '../../src/registration/registration-saga.ts';
import { Apps } from '../../src/registry/apps.ts';
import type { ClientRegistration } from '../../src/registry/client-registration.ts';
import type { AppClient } from '../../src/registry/clients.ts';
import { createRegistrations } from '../../src/registry/registrations.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';

const metadata: ClientRegistration = {
  client_name: 'Reports',
  redirect_uris: ['https://reports.example/done'],
  token_endpoint_auth_method: 'none',
  application_type: 'web',
  scope: 'read:users',
};

describe('a registration as a saga', () => {
  const redis = redisAlone();
  let saga: RegistrationSaga;
  let apps: Apps;
  /** At the authority: by registration. */
  let clients: Map<string, string>;
  let id: string;
  beforeEach(async () => {
    apps = new Apps(redis(), createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) }));
    saga = new RegistrationSaga(createRegistrations(redis()), apps);
    clients = new Map();
    id = await begin();
  });

  const begin = () => saga.begin(undefined, { cap: 10, open: 10, perTenant: 10 });
  const unfinished = () => redis().zrange(keys.unfinishedRegistrations, '0', '-1');

  const enter = (breaks: { finish?: () => Promise<unknown>; create?: () => Promise<unknown> } = {}) =>
    saga.enter(id, metadata, {
      async create() {
        await breaks.create?.();
        clients.set(id, `client of ${id}`);
        return `client of ${id}`;
      },
      async finish(client_id) {
        await breaks.finish?.();
        const app = { kind: 'app', registration: 'dynamic', status: 'pending', name: 'Reports' } as const;
        return { ...app, client_id, scopes: [], created_at: '2031-01-01T00:00:00.000Z' } satisfies AppClient;
      },
      remove: () => Promise.resolve(clients.delete(id)),
    });
  const complete = (more: Partial<Completion<unknown>> = {}) =>
    saga.complete(id, {
      make: () => enter(),
      mayRemain: () => true,
      onRemoved: () => Promise.resolve(void clients.delete(id)),
      usesToken: false,
      ...more,
    });
  const undoLate = () =>
    saga.undoLate(redisNow() + 1, (ids) => Promise.resolve(ids.forEach((one) => clients.delete(one))));
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );
  async function expectNothing(): Promise<void> {
    expect(await apps.count(), 'apps').to.equal(0);
    expect(clients.size, 'clients').to.equal(0);
  }

  it('stays when its caller is told, and is not undone then', async () => {
    expect(await codeOf(complete())).to.equal('done');
    await undoLate();
    expect([await apps.count(), clients.size, await unfinished()]).to.deep.equal([1, 1, []]);
  });

  const later = () => Promise.reject(new Problem('upstream_unavailable'));
  const neverMade = () => Promise.reject(new Error('a client is made for nobody'));
  const ends: [what: string, completion: () => Partial<Completion<unknown>>, code: ProblemCode][] = [
    [
      'is refused before there is a client',
      () => ({ make: () => enter({ create: later }) }),
      'upstream_unavailable',
    ],
    ['is refused its grant', () => ({ make: () => enter({ finish: later }) }), 'upstream_unavailable'],
    [
      'is entered when its caller has no time left',
      () => ({ make: async () => void (await enter()) }),
      'upstream_unavailable',
    ],
    [
      'is entered, and the word of it is lost',
      () => ({ make: () => enter().then(() => Promise.reject(new Problem('outcome_unknown'))) }),
      'outcome_unknown',
    ],
    [
      'is given up while its grant is made',
      () => ({ make: () => enter({ finish: () => codeOf(complete({ make: later })) }) }),
      'upstream_unavailable',
    ],
    [
      'was given up before its job began',
      () => ({ make: () => codeOf(complete({ make: later })).then(() => enter({ create: neverMade })) }),
      'upstream_unavailable',
    ],
    [
      'is undone by the upkeep meanwhile',
      () => ({ make: () => enter({ finish: undoLate }) }),
      'upstream_unavailable',
    ],
    [
      'is undone by the upkeep before its caller is told',
      () => ({ make: () => enter().then(undoLate) }),
      'upstream_unavailable',
    ],
  ];
  for (const [what, completion, code] of ends)
    it(`leaves nothing, and its caller hears so, when it ${what}`, async () => {
      expect(await codeOf(complete(completion()))).to.equal(code);
      await expectNothing();
      await undoLate();
      expect(await unfinished()).to.deep.equal([]);
    });

  it('leaves nothing once the upkeep was there when its process died', async () => {
    await enter();
    await undoLate();
    await expectNothing();
    expect(await unfinished()).to.deep.equal([]);
    const [, [, text = '']] = (await redis().xrange(keys.registryOutbox, '-', '+'))[0] ?? ['', []];
    expect(JSON.parse(text)).to.include({ type: 'app.registration_undone', target: `client of ${id}` });
  });

  it('leaves nothing once the upkeep was there when its process died between giving up and removing', async () => {
    const away: Pick<Apps, 'enter' | 'remove'> = {
      enter: (...given) => apps.enter(...given),
      remove: () => Promise.reject(new Error('away')),
    };
    const dying = new RegistrationSaga(createRegistrations(redis()), away);
    await enter();
    const make = () => Promise.reject(new Problem('outcome_unknown'));
    const given = dying.complete(id, { make, mayRemain: () => true, usesToken: false });
    expect(await codeOf(given)).to.equal('outcome_unknown');
    expect(await apps.count()).to.equal(1);
    await undoLate();
    await expectNothing();
    expect(await unfinished()).to.deep.equal([]);
  });

  for (const mayRemain of [true, false])
    it(`${mayRemain ? 'keeps' : 'frees'} its place when a job ${mayRemain ? 'may' : 'cannot'} have left a client`, async () => {
      await codeOf(complete({ make: later, mayRemain: () => mayRemain }));
      expect(await unfinished()).to.deep.equal(mayRemain ? [id] : []);
    });

  for (const usesToken of [true, false])
    it(`that cannot be given up ${usesToken ? 'says so where its token has one use less' : 'ends with its own error'}`, async () => {
      const away = { abandon: () => Promise.reject(new Error('away')) };
      saga = new RegistrationSaga({ ...createRegistrations(redis()), ...away }, apps);
      const expected = usesToken ? 'outcome_unknown' : 'upstream_unavailable';
      expect(await codeOf(complete({ make: later, usesToken }))).to.equal(expected);
    });
});
