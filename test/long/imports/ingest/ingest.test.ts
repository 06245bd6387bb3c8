/** The ingest thread by itself: what its uploads may take, and what is left when it dies. */
import { expect } from 'chai';
import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { loadContract } from '../../../../src/contract/load-contract.ts';
import { schemaOf } from '../../../../src/contract/validators.ts';
import { unpackChunk } from '../../../../src/imports/chunks.ts';
import { Ingest } from '../../../../src/imports/ingest/ingest.ts';
import type { UploadDescription } from '../../../../src/imports/ingest/ingest-upload.ts';
import type { UploadFormat } from '../../../../src/imports/parsing/read-upload.ts';
import { discardUpload, acquireUploadLease } from '../../../../src/imports/upload-store.ts';
import { createLog } from '../../../../src/log.ts';
import { Problem } from '../../../../src/problem.ts';
import { keys } from '../../../../src/redis/keys.ts';
import { createSeal } from '../../../../src/secrets/seal.ts';
import { world, WORLD_MS } from '../../../support/world.ts';
import { openRedis } from '../../../imports/left-behind.ts';

const LINE_BYTES = 65_536;
const encryptionKeys = { current: 'k1', byId: new Map([['k1', randomBytes(32)]]) };
const never = new AbortController().signal;
setMaxListeners(Infinity, never);

function description(
  format: UploadFormat,
  { isGzip = false, lineBytes = LINE_BYTES, tenantId = 'acme', maxCpuSeconds = 120 } = {},
): UploadDescription {
  return {
    tenantId,
    format,
    isGzip,
    charset: undefined,
    maxCpuSeconds,
    assignable: ['member'],
    grantable: ['member'],
    limits: { rows: 1_000_000, bytes: 2 ** 29, inflatedBytes: 2 ** 30, lineBytes },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- what is read is an asynchronous source
async function* of(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Problem ? error : Promise.reject(error as Error)),
  );

describe('the ingest thread', () => {
  let ingest: Ingest;
  before(async function () {
    this.timeout(WORLD_MS);
    const { redis: REDIS_URL } = await world();
    const rowSchema = schemaOf(loadContract(), 'ImportedUser');
    ingest = new Ingest(
      { redisSettings: { REDIS_URL }, encryptionKeys, rowSchema },
      { lineBytes: LINE_BYTES, uploads: 1 },
      createLog('silent', new Set()),
    );
  });
  after(() => ingest.close());

  const check = (source: AsyncIterable<Uint8Array>, what: UploadDescription, signal = never) =>
    ingest.ingest(source, what, undefined, signal);

  for (const [format, blank] of [
    ['ndjson', '\n'],
    ['ndjson', ' \r\n'],
    ['csv', '\n'],
    ['csv', ';;\r\n'],
    ['json', ' '],
  ] as const)
    it(`refuses a gigabyte of ${JSON.stringify(blank)} that came as gzip (${format}), and says why`, async () => {
      const head = format === 'json' ? '[' : format === 'csv' ? 'email;name;nickname\n' : '';
      const bomb = gzipSync(head + blank.repeat(20_000_000 / blank.length));
      const problem = await problemOf(check(of(bomb), description(format, { isGzip: true })));
      expect(problem?.code).to.equal('import_too_large');
      expect(problem?.message).to.match(
        /^At most (16777216 bytes of blank lines|\d+\.\d s of processor time)/,
      );
    });

  it('refuses an upload that takes more of the processor than it may, whatever its rows are', async () => {
    const costly = gzipSync('{x\n'.repeat(1_000_000));
    const problem = await problemOf(
      check(of(costly), description('ndjson', { isGzip: true, maxCpuSeconds: 0 })),
    );
    expect(problem?.message).to.match(/^At most 0\.0 s of processor time for \d+ bytes/);
  });

  it('stops in the middle of what it unpacks when the sender hangs up', async () => {
    const hangUp = new AbortController();
    async function* sent() {
      yield gzipSync('{"email":"a@x.example"}\n'.repeat(900_000));
      hangUp.abort();
      // Its last byte never comes.
      await new Promise(() => undefined);
    }
    const problem = await problemOf(check(sent(), description('ndjson', { isGzip: true }), hangUp.signal));
    expect(problem?.code).to.equal('malformed_body');
    // The next one is read by the same thread at once.
    const { total } = await check(of('{"email":"a@x.example"}'), description('ndjson'));
    expect(total).to.equal(1);
  });

  it('reads many uploads of long rows beside each other, and stores them as they are', async () => {
    const redis = await openRedis();
    const seal = createSeal(encryptionKeys);
    const text = (row: number) =>
      JSON.stringify({ email: `row-${row}@long.example`, user_metadata: { text: 'é'.repeat(30_000) } });
    const rows = [...Array.from({ length: 250 }, (_, i) => text(i)), text(3)];
    const one = async () => {
      const id = randomUUID();
      const holder = (await acquireUploadLease(redis, id))!;
      const to = { id, tenantId: 'acme', holder };
      const found = await ingest.ingest(
        of(...rows.map((row) => `${row}\n`)),
        description('ndjson'),
        to,
        never,
      );
      expect([found.total, found.failed, found.wrong.map(({ number }) => number)]).to.deep.equal([
        251,
        1,
        [251],
      ]);
      const chunks = await redis.hgetallBuffer(keys.userImportRows(id));
      const stored = Object.keys(chunks).flatMap((chunk) =>
        unpackChunk(seal, id, Number(chunk), chunks[chunk]!),
      );
      expect(stored.slice(0, 250).map((row) => 'user' in row && JSON.stringify(row.user))).to.deep.equal(
        rows.slice(0, 250),
      );
      await discardUpload(redis, 'acme', id, holder);
    };
    try {
      await Promise.all(Array.from({ length: 8 }, one));
    } finally {
      redis.disconnect();
    }
  });

  it('dies of what is too much for it with the uploads in it, which are told; the next one has another', async () => {
    const redis = await openRedis();
    try {
      const id = randomUUID();
      const holder = (await acquireUploadLease(redis, id))!;
      let end!: () => void;
      const isOver = new Promise<void>((resolve) => (end = resolve));
      let isDead = false;
      async function* waiting(text: string) {
        yield Buffer.from(text);
        await isOver;
      }
      const bystander = problemOf(
        ingest.ingest(
          waiting('{"email":"a@x.example"}\n'.repeat(1_000)),
          description('ndjson'),
          { id, tenantId: 'acme', holder },
          never,
        ),
      ).finally(() => (isDead = true));
      // Many times as many as it was made for, each with as many columns as there may be.
      const columns = Array.from({ length: 999 }, (_, n) => `user_metadata.${String(n).padStart(45, 'x')}`);
      const header = `email,${columns.join()}\n`;
      const crowd: Promise<Problem | undefined>[] = [];
      while (!isDead) {
        crowd.push(problemOf(check(waiting(header), description('csv'))));
        // Read behind it.
        await problemOf(check(of('{"email":"a@x.example"}'), description('ndjson')));
      }
      for (const problem of [await bystander, await crowd[0]])
        expect([problem?.code, problem?.parts.headers]).to.deep.equal(['overloaded', { 'Retry-After': '2' }]);
      end();
      await Promise.all(crowd);
      const { total } = await check(of('{"email":"a@x.example"}'), description('ndjson'));
      expect(total).to.equal(1);
      await discardUpload(redis, 'acme', id, holder);
      expect(await redis.keys(`trivium:{import:${id}}:*`)).to.deep.equal([]);
    } finally {
      redis.disconnect();
    }
  });
});
