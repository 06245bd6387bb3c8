/** Changes of an API key at the registry and at Auth0, which end as one whatever happens in between. */
import { expect } from 'chai';
import { Problem } from '../../../src/problem.ts';
import { parsePlan } from '../../../src/plans.ts';
import { changeApiKeys, entryOf, readApiKey } from '../../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../../src/registry/clients.ts';
import { saveTenant } from '../../../src/registry/tenants.ts';
import type { RelayOperationId } from '../../../src/relay/jobs/index.ts';
import type { UpdateApiKeyInput } from '../../../src/relay/jobs/updateApiKey.ts';
import { createKeyedHash } from '../../../src/secrets/keyed-hash.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import type { PerformerContext } from '../../../workers/relay/performer.ts';
import { createPerformerContexts } from '../../../workers/relay/performer-contexts.ts';
import { rotateApiKey } from '../../../workers/relay/rotateApiKey.ts';
import { updateApiKey } from '../../../workers/relay/updateApiKey.ts';
import { redisAlone } from '../../support/redis-alone.ts';
import { startKeyAuthority, type KeyAuthority } from './key-authority.ts';

const ADMIN = { kind: 'user', id: 'auth0|1' } as const;
const created_at = '2026-11-30T09:00:00.000Z';
const RULES = { beforeCall: () => Promise.resolve(), whileWaiting: () => undefined };

describe('the change of an API key', () => {
  const redis = redisAlone();
  let authority: KeyAuthority;

  beforeEach(async () => {
    authority = await startKeyAuthority();
    await saveTenant(redis(), { id: 'acme', name: 'Acme', status: 'active', connection: 'acme', created_at });
    await enter('key', ['a', 'x']);
  });
  afterEach(() => authority.close());

  async function enter(client_id: string, scopes: string[], tenant_id = 'acme') {
    const key: ApiKeyClient = { kind: 'tenant', client_id, tenant_id, name: 'Old', scopes, created_at };
    await changeApiKeys(redis(), tenant_id, [entryOf(key)]);
    authority.clients.set(client_id, { name: 'Old', grant: scopes });
  }
  function contextOf<Id extends RelayOperationId>(operationId: Id): PerformerContext<Id> {
    const key = { current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) };
    return createPerformerContexts({
      redis: redis(),
      seal: createSeal(key),
      keyedHash: createKeyedHash(Buffer.alloc(32, 7)),
      audience: 'https://api.example/',
      roles: new Map(),
      settingsPlace: { database: 'settings', clientId: 'worker' },
      plan: parsePlan('100,500')!,
      offersOrganizations: false,
      managementFor: () => authority.management(),
    }).of({ operationId, tenantId: 'acme', subject: undefined }, RULES) as PerformerContext<Id>;
  }
  const attempt = (mayHaveRun = false) => ({
    mayHaveRun,
    jobId: 'job',
    checkMaker: () => Promise.resolve(),
  });
  const update = (changes: Partial<UpdateApiKeyInput>, mayHaveRun = false) => {
    const input = { clientId: 'key', changedBy: ADMIN, held: changes.scopes ?? [], ...changes };
    return updateApiKey(contextOf('updateApiKey'), input, attempt(mayHaveRun));
  };
  const rotate = (held: string[]) => {
    const input = { clientId: 'key', keyId: 'k', createdBy: ADMIN, overlapSeconds: 60, held };
    return rotateApiKey(contextOf('rotateApiKey'), input, attempt());
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) =>
        error instanceof Problem ? [error.code, ...(error.parts.scopes ?? [])].join(' ') : String(error),
    );
  const keyNow = async (id = 'key') => (await readApiKey(redis(), id))!.key;
  const change = async (more: Partial<ApiKeyClient>, id = 'key') => {
    const { key, text } = (await readApiKey(redis(), id))!;
    await changeApiKeys(redis(), 'acme', [{ clientId: id, from: text, to: { ...key, ...more } }]);
  };
  /** Does something once, before the nth call from now on, or the first of this name. */
  function atCall(call: number | string, work: () => Promise<unknown>) {
    let calls = 0;
    authority.before = async (name) => {
      calls += 1;
      if (call !== calls && call !== name) return;
      authority.before = () => Promise.resolve();
      await work();
    };
  }
  /** @returns the scopes that both sides agree on */
  async function agreed(id = 'key'): Promise<string[]> {
    const { name, scopes } = await keyNow(id);
    const client = authority.clients.get(id)!;
    expect({ name: client.name, scopes: client.grant }).to.deep.equal({ name, scopes });
    return scopes!;
  }

  it('grants added scopes before the registry has them, and then invalidates cached checks', async () => {
    authority.after = async (call) => {
      const times = authority.calls.filter((one) => one === call).length;
      if (call === 'updateClientGrant')
        expect((await keyNow()).scopes).to.deep.equal(times === 1 ? ['a', 'x'] : ['a', 'x', 'b']);
      expect((await keyNow()).recheck).to.equal(undefined);
    };
    const changed = await update({ name: 'New', scopes: ['a', 'x', 'b'] });
    expect(changed).to.include({ name: 'New', uses: 0 });
    expect(await agreed()).to.deep.equal(['a', 'x', 'b']);
    expect((await keyNow()).recheck).to.be.a('string');
  });

  it('takes removed scopes from the registry before it makes any call', async () => {
    authority.before = async () => void expect((await keyNow()).scopes).to.deep.equal(['a']);
    await update({ scopes: ['a'] });
    expect(await agreed()).to.deep.equal(['a']);
    expect(authority.calls).to.deep.equal(['listClientGrants', 'updateClientGrant']);
    expect((await keyNow()).recheck).to.equal(undefined);
  });

  it('leaves the key as it is when the API lacks an added scope', async () => {
    expect(await codeOf(update({ name: 'New', scopes: ['a', 'x', 'unknown'] }))).to.not.equal('done');
    expect(await agreed()).to.deep.equal(['a', 'x']);
    expect((await keyNow()).name).to.equal('Old');
  });

  it('of the name alone costs one call, also when it is repeated', async () => {
    await update({ name: 'New' });
    await update({ name: 'New' });
    expect(authority.calls).to.deep.equal(['renameClient', 'renameClient']);
    expect(await agreed()).to.deep.equal(['a', 'x']);
  });

  it('gives a grant back to a client that has lost it', async () => {
    authority.clients.set('key', { name: 'Old' });
    await update({ scopes: ['a', 'b'] });
    expect(await agreed()).to.deep.equal(['a', 'b']);
  });

  it('sees no key of another tenant', async () => {
    await saveTenant(redis(), { id: 'other', name: 'O', status: 'active', connection: 'o', created_at });
    await enter('foreign', ['a'], 'other');
    for (const mayHaveRun of [false, true])
      expect(await codeOf(update({ clientId: 'foreign', scopes: ['a', 'b'] }, mayHaveRun))).to.equal(
        'not_found',
      );
    expect(authority.calls).to.deep.equal([]);
  });

  describe('that breaks off', () => {
    const changes = {
      'a growth': ['a', 'x', 'b'],
      'a narrowing': ['a'],
      both: ['a', 'b'],
    };
    for (const [what, scopes] of Object.entries(changes))
      for (const when of ['before', 'after'] as const)
        it(`${when} any call is completed by the next attempt: ${what}`, async () => {
          for (let at = 1, isOver = false; !isOver; at += 1) {
            await change({ name: 'Old', scopes: ['a', 'x'], recheck: undefined });
            authority.clients.set('key', { name: 'Old', grant: ['a', 'x'] });
            let calls = 0;
            authority[when] = () =>
              ++calls === at ? Promise.reject(new Error('killed')) : Promise.resolve();
            isOver = (await codeOf(update({ name: 'New', scopes }))) === 'done';
            authority[when] = () => Promise.resolve();
            // In between, a token never has more than the old or the new key.
            const { scopes: now } = await keyNow();
            expect([['a', 'x'], scopes]).to.deep.include(now);
            await update({ name: 'New', scopes }, calls > 0);
            expect(await agreed()).to.deep.equal(scopes);
            if (scopes.includes('b')) expect((await keyNow()).recheck).to.be.a('string');
          }
        });
  });

  describe('while another one is made', () => {
    const others = [['a'], ['a', 'x', 'b'], ['a', 'c'], ['b', 'c', 'x']];
    for (const mine of others)
      it(`ends in one of both, at both sides: to ${mine.join(' ')}`, async () => {
        for (const other of others)
          for (let at = 1, isOver = false; !isOver; at += 1) {
            await change({ name: 'Old', scopes: ['a', 'x'] });
            authority.clients.set('key', { name: 'Old', grant: ['a', 'x'] });
            isOver = true;
            atCall(at, async () => {
              isOver = false;
              await update({ name: 'Other', scopes: other });
            });
            await update({ name: 'Mine', scopes: mine });
            authority.before = () => Promise.resolve();
            expect([mine, other], `call ${at}`).to.deep.include(await agreed());
          }
      });
  });

  describe('that is refused after all', () => {
    const expectUnchanged = async (code: string, work: Promise<unknown>, scopes: string[]) => {
      expect(await codeOf(work)).to.equal(code);
      expect(await agreed()).to.deep.equal(scopes);
    };

    it('because a rotation has begun takes back what was granted', async () => {
      atCall('updateClientGrant', () => change({ replaced_by: 'successor' }));
      await expectUnchanged('rotation_under_way', update({ scopes: ['a', 'x', 'b'] }), ['a', 'x']);
      expect(await codeOf(update({ scopes: ['a'] }))).to.equal('rotation_under_way');
      expect(await codeOf(update({ name: 'New' }))).to.equal('rotation_under_way');
      // What it is already is not changed.
      expect(await codeOf(update({ name: 'Old', scopes: ['x', 'a'] }))).to.equal('done');
    });

    it('because the key has lost a scope that the requester does not hold gives it none', async () => {
      atCall('updateClientGrant', () => update({ scopes: ['a'] }));
      const work = update({ scopes: ['a', 'x', 'b'], held: ['a', 'b'] });
      await expectUnchanged('insufficient_scope x', work, ['a']);
    });

    it('because the key that requests it has lost the scope', async () => {
      await enter('maker', ['b']);
      atCall('updateClientGrant', () => change({ scopes: ['a'] }, 'maker'));
      const changedBy = { kind: 'tenant', id: 'maker' } as const;
      await expectUnchanged('insufficient_scope b', update({ changedBy, scopes: ['a', 'x', 'b'] }), [
        'a',
        'x',
      ]);
    });

    it('because the key that requests it has narrower bounds', async () => {
      await enter('maker', ['b']);
      await change({ allowed_addresses: ['192.0.2.0/24'] }, 'maker');
      const changedBy = { kind: 'tenant', id: 'maker' } as const;
      await expectUnchanged('beyond_own_bounds', update({ changedBy, scopes: ['a', 'x', 'b'] }), ['a', 'x']);
      // It may take scopes away all the same.
      expect(await codeOf(update({ changedBy, scopes: ['a'] }))).to.equal('done');
    });

    it('because the key was deleted meanwhile', async () => {
      atCall('updateClientGrant', async () => {
        const { text } = (await readApiKey(redis(), 'key'))!;
        await changeApiKeys(redis(), 'acme', [{ clientId: 'key', from: text, to: undefined }]);
      });
      expect(await codeOf(update({ scopes: ['a', 'x', 'b'] }))).to.equal('not_found');
    });
  });

  describe('while the key is rotated', () => {
    it('is followed by the successor', async () => {
      atCall('createClientGrant', () => update({ name: 'New', scopes: ['a'] }));
      const { key } = await rotate(['a', 'x']);
      expect(key).to.deep.include({ name: 'New', scopes: ['a'], replaces: 'key' });
      expect(await agreed(key.client_id)).to.deep.equal(['a']);
    });

    it('hands over no scope that the requester of the rotation did not hold', async () => {
      atCall('createClientGrant', () => update({ scopes: ['a', 'x', 'b'] }));
      expect(await codeOf(rotate(['a', 'x']))).to.equal('insufficient_scope b');
      expect([...authority.clients.keys()]).to.deep.equal(['key']);
      expect(await codeOf(rotate(['a', 'x']))).to.equal('insufficient_scope b');
      expect((await keyNow()).replaced_by).to.equal(undefined);
    });
  });
});
