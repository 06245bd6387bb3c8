/** Who uploads holds a lease; whoever lost it (its process stood still) must not touch what another upload with the same id wrote. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { plainChunk } from '../../src/imports/chunks.ts';
import {
  commitImport,
  discardUpload,
  keepUpload,
  acquireUploadLease,
  UPLOAD_LEASE_MS,
  packed,
  writeChunks,
} from '../../src/imports/upload-store.ts';
import { Problem } from '../../src/problem.ts';
import { keys } from '../../src/redis/keys.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';

const TENANT = 'acme';
const rows = plainChunk([{ user: { email: 'ada@lease.example' } }]);
const seal = createSeal({ current: 'k', byId: new Map([['k', randomBytes(32)]]) });

describe('the lease of an upload', () => {
  const redis = redisAlone();
  let id: string;
  let late: string;
  let holder: string;

  const left = () =>
    redis().exists(keys.userImportRows(id), keys.userImportMarks(id), keys.userImportUpload(id));

  beforeEach(async () => {
    id = randomUUID();
    late = (await acquireUploadLease(redis(), id))!;
    expect(await acquireUploadLease(redis(), id), 'one at a time').to.equal(undefined);
    // As after twenty seconds without a word.
    await redis().del(keys.userImportUpload(id));
    holder = (await acquireUploadLease(redis(), id))!;
    await writeChunks(redis(), { id, holder }, [packed(seal, id, 0, rows)]);
  });
  afterEach(() => discardUpload(redis(), TENANT, id, holder));

  it('keeps a late one from writing', async () => {
    const chunk = packed(seal, id, 1, rows);
    const error = await writeChunks(redis(), { id, holder: late }, [chunk]).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem).and.to.include({ code: 'overloaded' });
    expect(await redis().hkeys(keys.userImportRows(id))).to.deep.equal(['0']);
    expect(await redis().strlen(keys.userImportMarks(id))).to.equal(1);
  });

  it('keeps a late one from clearing away what is not its own', async () => {
    await discardUpload(redis(), TENANT, id, late);
    expect(await left()).to.equal(3);
    await discardUpload(redis(), TENANT, id, holder);
    expect(await left()).to.equal(0);
  });

  it('is made longer by its holder only', async () => {
    await redis().pexpire(keys.userImportUpload(id), 10_000);
    await keepUpload(redis(), TENANT, id, late);
    expect(await redis().pttl(keys.userImportUpload(id))).to.be.at.most(10_000);
    await keepUpload(redis(), TENANT, id, holder);
    expect(await redis().pttl(keys.userImportUpload(id))).to.be.within(10_001, UPLOAD_LEASE_MS);
  });

  it('is asked for when an import is made of it, which nobody clears away then', async () => {
    const made = {
      tenantId: TENANT,
      connection: 'acme-users',
      channel: 'row_by_row' as const,
      sendsMail: false,
      total: 1,
      failed: 0,
      fingerprint: undefined,
      createdAt: new Date().toISOString(),
    };
    expect(await commitImport(redis(), id, late, made)).to.equal(false);
    expect(await redis().exists(keys.userImport(id))).to.equal(0);
    expect(await commitImport(redis(), id, holder, made)).to.equal(true);
    await discardUpload(redis(), TENANT, id, holder);
    expect(
      await redis().exists(keys.userImport(id), keys.userImportRows(id), keys.userImportMarks(id)),
    ).to.equal(3);
    // No worker should take it up.
    await redis().del(keys.userImport(id), keys.userImportRows(id), keys.userImportMarks(id));
    await redis().srem(keys.openImports, id);
    await redis().zrem(keys.openUserImportsOf(TENANT), id);
    await redis().zrem(keys.userImportsOf(TENANT), id);
  });
});
