/** What bounds a key bounds what it brings about: keys, successors, initial access tokens; however it proves itself. */
import { expect } from 'chai';
import { newApiKey, toKey, until, type NewKey } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { clientCredentials, user } from '../../support/callers.ts';
import { call, type Answer } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const PATH = '/v1/tenant/api-keys';
const TOKENS = '/v1/tenant/initial-access-tokens';
const HOUR_MS = 3_600_000;
const HERE = ['127.0.0.0/8', '::1'];
const SCOPES = ['manage:api_keys', 'manage:apps', 'read:tenant'];
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('API keys that are bounded', () => {
  let admin: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    admin = await user('acme');
  });

  const create = (as: string, body: object = {}) =>
    call('POST', PATH, { as, body: { name: 'A child', scopes: ['read:tenant'], ...body } });
  const rotate = (as: string, key: NewKey, body: object = {}) =>
    call('POST', `${key.path}/rotate`, { as, body });
  const read = async (key: NewKey) => (await call('GET', key.path, { as: admin })).body;
  const manager = (body: object = {}) => newApiKey('acme', { scopes: SCOPES, ...body });
  const bounded = (hours = 2) => manager({ expires_at: inHours(hours), allowed_addresses: HERE });
  const keyOf = ({ status, body }: Answer) => {
    expect(status).to.equal(201);
    return toKey(body as { client_id: string; client_secret: string });
  };
  const expectBeyond = ({ status, body }: Answer, ...pointers: string[]) => {
    if (pointers.length === 0) return expect(body).to.include({ status: 403, code: 'beyond_own_bounds' });
    expect(status).to.equal(422);
    expect(body.code).to.equal('invalid_body');
    return expect(
      body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
    ).to.deep.equal(pointers.map((pointer) => [pointer, 'beyond_own_bounds']));
  };

  const ways: [string, (key: NewKey) => Promise<string>][] = [
    ['by the key itself', ({ as }) => Promise.resolve(as)],
    [
      'by a token that was got with it',
      async ({ clientId, clientSecret }) =>
        `Bearer ${await clientCredentials(clientId, clientSecret, (await world()).audience)}`,
    ],
  ];
  for (const [way, credentialOf] of ways) {
    describe(way, () => {
      it('make keys that end no later and work from no more addresses, to the grandchild', async () => {
        const maker = await bounded();
        const as = await credentialOf(maker);
        const { expires_at } = await read(maker);
        const child = keyOf(await create(as, { scopes: SCOPES }));
        expect(await read(child)).to.deep.include({
          expires_at,
          allowed_addresses: HERE,
          created_by: { kind: 'tenant', id: maker.clientId },
        });
        expectBeyond(await create(as, { expires_at: '2099-01-01T00:00:00Z' }), '/expires_at');
        expectBeyond(
          await create(as, { expires_at: inHours(3), allowed_addresses: ['::1', '0.0.0.0/0'] }),
          '/expires_at',
          '/allowed_addresses/1',
        );
        const narrow = keyOf(
          await create(as, {
            scopes: SCOPES,
            expires_at: inHours(1),
            allowed_addresses: ['127.0.0.1', '::1'],
          }),
        );
        const grandchild = keyOf(await create(await credentialOf(narrow)));
        expect(await read(grandchild)).to.deep.include({
          expires_at: (await read(narrow)).expires_at,
          allowed_addresses: ['127.0.0.1', '::1'],
        });
        expectBeyond(
          await create(await credentialOf(narrow), { expires_at, allowed_addresses: HERE }),
          '/expires_at',
          '/allowed_addresses/0',
        );
      });

      it('rotate themselves, and end when they would have', async () => {
        const maker = await bounded();
        const as = await credentialOf(maker);
        const { expires_at } = await read(maker);
        expectBeyond(await rotate(as, maker, { expires_at: '2099-01-01T00:00:00Z' }), '/expires_at');
        const successor = keyOf(await rotate(as, maker));
        expect(await read(successor)).to.deep.include({
          expires_at,
          allowed_addresses: HERE,
          scopes: SCOPES,
        });
        const next = keyOf(await rotate(await credentialOf(successor), successor, { overlap_seconds: 0 }));
        expect(await read(next)).to.deep.include({ expires_at, allowed_addresses: HERE });
      });

      it('rotate another key only where that one may no more', async () => {
        const as = await credentialOf(await bounded());
        const others = {
          unbounded: await newApiKey('acme'),
          longer: await newApiKey('acme', { expires_at: inHours(3), allowed_addresses: HERE }),
          wider: await newApiKey('acme', { expires_at: inHours(1), allowed_addresses: ['0.0.0.0/0', '::1'] }),
        };
        for (const [what, key] of Object.entries(others)) {
          for (const body of [{}, { overlap_seconds: 0 }, { expires_at: inHours(1) }])
            expect((await rotate(as, key, body)).body.code, what).to.equal('beyond_own_bounds');
          expect(await read(key)).to.not.have.any.keys('replaced_by', 'retires_at');
        }
        const within = await newApiKey('acme', {
          expires_at: inHours(1),
          allowed_addresses: ['127.0.0.1', '::1'],
        });
        expectBeyond(await rotate(as, within, { expires_at: inHours(3) }), '/expires_at');
        const successor = keyOf(await rotate(as, within));
        expect(await read(successor)).to.deep.include({ allowed_addresses: ['127.0.0.1', '::1'] });
      });

      it('issue initial access tokens that end no later', async () => {
        const as = await credentialOf(await manager({ expires_at: inHours(2) }));
        const issue = (body: object = {}) =>
          call('POST', TOKENS, { as, body: { name: 'A partner', ...body } });
        const made = await issue();
        expect(made.status).to.equal(201);
        expect(Date.parse(made.body.expires_at as string)).to.be.within(
          Date.now() + 1.9 * HOUR_MS,
          Date.now() + 2 * HOUR_MS,
        );
        expectBeyond(await issue({ expires_in_seconds: 7_776_000 }), '/expires_in_seconds');
        expectBeyond(await issue({ expires_in_seconds: 7_201 }), '/expires_in_seconds');
        expect((await issue({ expires_in_seconds: 3_600 })).status).to.equal(201);
      });
    });
  }

  it('do not bound users, who may extend them', async () => {
    const key = await bounded();
    const successor = keyOf(await rotate(admin, key, { expires_at: '2099-01-01T00:00:00Z' }));
    expect((await read(successor)).expires_at).to.equal('2099-01-01T00:00:00.000Z');
    const issued = await call('POST', TOKENS, {
      as: admin,
      body: { name: 'A', expires_in_seconds: 7_776_000 },
    });
    expect(issued.status).to.equal(201);
  });

  describe('because they are being replaced', () => {
    it('bring about nothing that outlives them', async () => {
      const old = await manager();
      const successor = keyOf(await rotate(admin, old, { overlap_seconds: 3_600 }));
      const { retires_at } = await read(old);
      const child = keyOf(await create(old.as));
      expect((await read(child)).expires_at).to.equal(retires_at);
      expectBeyond(await create(old.as, { expires_at: inHours(2) }), '/expires_at');
      for (const key of [successor, await newApiKey('acme')])
        expectBeyond(await rotate(old.as, key, { overlap_seconds: 0 }));
      expect((await rotate(old.as, old)).body.code).to.equal('rotation_under_way');
      expect((await rotate(old.as, old, { overlap_seconds: 0 })).body.code).to.equal('rotation_under_way');
      const issued = await call('POST', TOKENS, { as: old.as, body: { name: 'A partner' } });
      expect(issued.body.expires_at).to.equal(retires_at);
    });

    it('do not take that back: neither by cancelling nor by deleting their successor', async () => {
      const old = await manager();
      const successor = keyOf(await rotate(admin, old, { overlap_seconds: 3_600 }));
      const { retires_at } = await read(old);
      expectBeyond(await call('POST', `${old.path}/rotate/cancel`, { as: old.as }));
      expectBeyond(await call('DELETE', successor.path, { as: old.as }));
      const helper = keyOf(await create(old.as, { scopes: SCOPES }));
      expectBeyond(await call('POST', `${old.path}/rotate/cancel`, { as: helper.as }));
      expectBeyond(await call('DELETE', successor.path, { as: helper.as }));
      expect(await read(old)).to.include({ retires_at, replaced_by: successor.clientId });
      expect(await read(successor)).to.include({ replaces: old.clientId });
      // Who has no such bounds may.
      expect((await call('POST', `${old.path}/rotate/cancel`, { as: (await manager()).as })).status).to.equal(
        200,
      );
      expect(await read(old)).to.not.have.any.keys('retires_at', 'replaced_by');
    });

    it('do not take that back where it would gain them nothing, either', async () => {
      const old = await manager({ expires_at: inHours(1) });
      const successor = keyOf(await rotate(admin, old, { overlap_seconds: 7_200 }));
      expectBeyond(await call('POST', `${old.path}/rotate/cancel`, { as: old.as }));
      expectBeyond(await call('DELETE', successor.path, { as: old.as }));
    });

    it('may end earlier', async () => {
      const [old, other] = [await manager(), await manager()];
      const successor = keyOf(await rotate(old.as, old));
      const done = await call('POST', `${old.path}/rotate/complete`, { as: old.as });
      expect(done.body.client_id).to.equal(successor.clientId);
      await rotate(other.as, other);
      expect((await call('DELETE', other.path, { as: other.as })).status).to.equal(204);
    });

    it('retire also when their successor ends before', async () => {
      const old = await manager();
      const worker = await (await world()).startWorker('worker-short-lived', { UPKEEP_SECONDS: '1' });
      try {
        const successor = keyOf(
          await rotate(admin, old, {
            overlap_seconds: 3_600,
            expires_at: new Date(Date.now() + 6_000).toISOString(),
          }),
        );
        const { retires_at } = await read(old);
        await until(async () => (await call('GET', successor.path, { as: admin })).status === 404);
        expect(await read(old))
          .to.include({ retires_at })
          .and.not.have.property('replaced_by');
        expect((await rotate(old.as, old)).body.code).to.equal('rotation_under_way');
      } finally {
        await worker.stop();
      }
    });
  });

  describe('and change while what they asked for is done', () => {
    afterEach(async () => (await world()).control.clearFaults());

    /** How long the authority holds what was asked for: long enough for a change of the key on a busy machine. */
    const HELD_MS = 5_000;

    /** All asked for and held at the authority until the key has changed. @returns how each ended */
    async function meanwhile(
      asks: (() => Promise<Answer>)[],
      change: () => Promise<Answer>,
    ): Promise<Answer[]> {
      const { control } = await world();
      const { id } = await control.addFault({
        method: 'POST',
        path: '/api/v2/client-grants',
        times: asks.length,
        effect: { kind: 'latency', ms: HELD_MS },
      });
      const asked = asks.map((ask) => ask());
      await until(
        async () => (await control.faults()).find((fault) => fault.id === id)?.hits === asks.length,
      );
      expect((await change()).status).to.be.oneOf([200, 201, 204]);
      return Promise.all(asked);
    }
    /** Whoever may not call any more when the answer comes gets none; a key that is only replaced with overlap still may. */
    const expectRefused = ({ body }: Answer) =>
      expect(body.code).to.be.oneOf(['beyond_own_bounds', 'invalid_api_key', 'api_key_expired']);
    const childrenOf = async (maker: NewKey) => {
      const { api_keys } = (await call('GET', PATH, { as: admin })).body;
      return api_keys.filter(
        ({ created_by }: { created_by?: { id: string } }) => created_by?.id === maker.clientId,
      );
    };
    const clientsOf = async (maker: NewKey) => {
      const sdk = await management();
      const found: unknown[] = [];
      for (let page = 0; ; page += 1) {
        const { data } = await sdk.clients.list({ page, per_page: 100 });
        found.push(
          ...data.filter(
            ({ client_metadata }) => client_metadata?.['created_by'] === `tenant ${maker.clientId}`,
          ),
        );
        if (data.length < 100) return found;
      }
    };

    const changes: [string, (maker: NewKey) => Promise<Answer>][] = [
      ['deleted', (maker) => call('DELETE', maker.path, { as: admin })],
      ['replaced at once', (maker) => rotate(admin, maker, { overlap_seconds: 0 })],
      ['replaced with overlap', (maker) => rotate(admin, maker, { overlap_seconds: 60 })],
    ];
    for (const [how, change] of changes) {
      it(`neither make a key nor rotate another one when they are ${how}`, async () => {
        const [maker, other] = [await manager(), await newApiKey('acme')];
        const asks = [() => create(maker.as), () => rotate(maker.as, other)];
        for (const answer of await meanwhile(asks, () => change(maker))) expectRefused(answer);
        expect(await childrenOf(maker)).to.deep.equal([]);
        expect(await read(other)).to.not.have.any.keys('replaced_by', 'retires_at');
        expect(await clientsOf(maker)).to.deep.equal([]);
      });
    }

    it('make no key once they have expired', async () => {
      const maker = await manager({ expires_at: new Date(Date.now() + HELD_MS - 500).toISOString() });
      // Refused at its entry: at the time of the call the key was still good.
      const [answer] = await meanwhile([() => create(maker.as)], () => call('GET', PATH, { as: admin }));
      expectRefused(answer!);
      expect(await childrenOf(maker)).to.deep.equal([]);
    });
  });
});
