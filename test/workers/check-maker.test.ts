/** Work that an API key has requested is not begun once the key has lost what it had then (invariant 3). */
import { expect } from 'chai';
import { Problem } from '../../src/problem.ts';
import { changeApiKeys, entryOf } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import { saveTenant } from '../../src/registry/tenants.ts';
import { createMakerCheck } from '../../workers/check-maker.ts';
import { redisAlone } from '../support/redis-alone.ts';

const NARROWED_AT = '2026-11-30T09:00:00.500Z';

describe('the check of who requested deferred work', () => {
  const redis = redisAlone();

  const enter = async (more: Partial<ApiKeyClient>) => {
    const created_at = '2026-11-30T08:00:00.000Z';
    await saveTenant(redis(), { id: 'acme', name: 'Acme', status: 'active', connection: 'acme', created_at });
    const key = { client_id: 'key', tenant_id: 'acme', name: 'A key', scopes: ['read:users'], created_at };
    await changeApiKeys(redis(), 'acme', [entryOf({ kind: 'tenant', ...key, ...more })]);
  };
  const codeAt = (createdAt: string) =>
    createMakerCheck(
      redis(),
      new Map(),
      'allowed',
    )({ tenantId: 'acme', by: { kind: 'tenant', clientId: 'key' }, createdAt }).then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  it('refuses what a key requested before it lost scopes, and nothing later', async () => {
    await enter({ narrowed_at: NARROWED_AT });
    expect(await codeAt('2026-11-30T09:00:00.499Z')).to.equal('insufficient_scope');
    expect(await codeAt(NARROWED_AT)).to.equal('insufficient_scope');
    expect(await codeAt('2026-11-30T09:00:00.501Z')).to.equal('done');
  });

  it('refuses nothing of a key that lost none', async () => {
    await enter({});
    expect(await codeAt('2026-11-30T08:30:00.000Z')).to.equal('done');
  });
});
