/** Rows that are nested more deeply than anybody needs end as failed, in every format and channel, and never twice. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { Imports } from '../../src/imports/imports.ts';
import { packed, acquireUploadLease, writeChunks } from '../../src/imports/upload-store.ts';
import { openUserImportQueue } from '../../src/redis/queues.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { encryptionKeys } from '../../src/settings/setting.ts';
import { readMemory } from '../../src/start/home.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { openRedis } from './left-behind.ts';

const nested = (levels: number, inner = '1') => '{"a":'.repeat(levels) + inner + '}'.repeat(levels);
const listed = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const user = (metadata: string) => `{"email":"${randomUUID()}@deep.example","user_metadata":${metadata}}`;

describe('rows that are nested deeply', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const rows = () => [
    user(nested(31)),
    user(nested(32)),
    user(nested(5_000)),
    user(`{"a":${listed(5_000)}}`),
    `{"email":"${randomUUID()}@deep.example","roles":[${listed(5_000)},${listed(5_000)}]}`,
    `{"email":"${randomUUID()}@deep.example","custom_password_hash":${nested(5_000)}}`,
    listed(5_000),
  ];
  const isGood = (_: unknown, i: number) => i === 0;

  for (const type of ['ndjson', 'json'] as const)
    it(`fail by themselves in ${type}`, async () => {
      const sent = rows();
      const path = await accepted(type === 'json' ? `[${sent.join()}]` : sent.join('\n'), { type });
      await ended(path);
      const found = await rowsOf(path);
      expect(found.map(({ status }) => status)).to.deep.equal(
        sent.map((row, i) => (isGood(row, i) ? 'created' : 'failed')),
      );
      for (const { error } of found.slice(1))
        expect([error?.code, error?.message]).to.deep.equal([
          'invalid_body',
          'must not be nested deeper than 32 levels',
        ]);
    });

  it('fail by themselves in CSV, whose columns nest, and cost nothing', async () => {
    const deep = `user_metadata.${Array(5_000).fill('a').join('.')}`;
    const [one, other] = [randomUUID(), randomUUID()];
    const file = `email,${deep}\n${one}@deep.example,x\n${other}@deep.example,\n`;
    const path = await accepted(file, { type: 'csv' });
    await ended(path);
    const found = await rowsOf(path);
    expect(found.map(({ status, error }) => [status, error?.code])).to.deep.equal([
      ['failed', 'invalid_body'],
      ['created', undefined],
    ]);
  });

  it('fail in bodies of requests with 400, of whichever operation', async () => {
    const as = await apiKey('acme');
    const headers = { 'content-type': 'application/json' };
    for (const text of [nested(33), nested(5_000), nested(10_000), listed(30_000), `{"a":${listed(5_000)}}`])
      for (const [method, path] of [
        ['POST', '/v1/users'],
        ['PATCH', '/v1/users/auth0%7Cx'],
        ['POST', '/v1/tenant/api-keys'],
        ['POST', '/v1/tenant/webhooks'],
        ['POST', '/oauth/register'],
      ] as const) {
        const isOpen = path.startsWith('/oauth');
        const answer = await call(method, path, { body: text, headers, ...(isOpen ? {} : { as }) });
        // Some take less than this anyway.
        if (answer.status === 413) continue;
        expect(answer.status, `${method} ${path}`).to.equal(400);
        expect(answer.body.code ?? answer.body.error).to.equal(
          isOpen ? 'invalid_client_metadata' : 'malformed_body',
        );
      }
  });

  describe('that were stored before they were refused', () => {
    for (const channel of ['row_by_row', 'import_jobs'] as const)
      it(`end as failed (${channel})`, async () => {
        const redis = await openRedis();
        const { home, tenants } = await world();
        const seal = createSeal(encryptionKeys(readMemory(home).encryptionKeys));
        const queue = openUserImportQueue(redis);
        const { connection } = JSON.parse((await redis.hget('trivium:{registry}:tenants', 'acme'))!) as {
          connection: string;
        };
        expect(tenants.map(({ id }) => id)).to.include('acme');
        try {
          const id = randomUUID();
          const holder = (await acquireUploadLease(redis, id))!;
          const lines = [user('{"a":1}'), user(nested(60_000)), user('{"a":2}')];
          await writeChunks(redis, { id, holder }, [packed(seal, id, 0, { lines, marks: '...' })]);
          await new Imports({ redis, queue, seal }).commit(id, holder, {
            tenantId: 'acme',
            connection,
            channel,
            sendsMail: false,
            total: 3,
            failed: 0,
            fingerprint: undefined,
            createdAt: new Date().toISOString(),
          });
          const path = `/v1/user-imports/${id}`;
          expect((await ended(path)).counts).to.deep.include({ created: 2, failed: 1 });
          const [, deep] = await rowsOf(path);
          expect([deep?.status, deep?.error?.code]).to.deep.equal(['failed', 'invalid_body']);
        } finally {
          await queue.close();
          redis.disconnect();
        }
      });
  });
});
