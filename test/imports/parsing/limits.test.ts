import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import {
  readUpload,
  type UploadFormat,
  type UploadLimits,
} from '../../../src/imports/parsing/read-upload.ts';
import { read, WIDE } from './read.ts';

const row = (text: string, format: UploadFormat) => (format === 'csv' ? text : JSON.stringify(text));
const file = (format: UploadFormat, texts: string[]) => {
  const rows = texts.map((text) => row(text, format));
  if (format === 'json') return `[${rows.join(',')}]`;
  return format === 'csv' ? `email\r\n${rows.join('\r\n')}\r\n` : `${rows.join('\r\n')}\r\n`;
};

async function codeOf(
  format: UploadFormat,
  bytes: string | Buffer,
  limits: Partial<UploadLimits>,
  isGzip = false,
) {
  const results = [];
  // In one piece, and so that each limit is met in the middle of something.
  for (const size of [65_536, 7]) {
    const { problem, rows } = await read(bytes, { format, isGzip, limits: { ...WIDE, ...limits } }, size);
    results.push(problem ? problem.join(': ') : `${rows!.length} rows`);
  }
  expect(results[0]).to.equal(results[1]);
  return results[0];
}

/** Of an upload that is never read to its end: about 30 MB as gzip. */
const CHUNKS = 1_000;

describe('limits of uploads', () => {
  for (const format of ['ndjson', 'csv', 'json'] as const) {
    const text = 'ä'.repeat(30);
    const content = file(format, [text, text, text]);
    const bytes = Buffer.byteLength(content);
    const lineBytes = Buffer.byteLength(row(text, format));

    it(`${format}: holds exactly as much as it may, and not one more`, async () => {
      expect(await codeOf(format, content, { rows: 3, bytes, lineBytes })).to.equal('3 rows');
      expect(await codeOf(format, content, { rows: 2 })).to.equal('import_too_large: At most 2 rows.');
      expect(await codeOf(format, content, { bytes: bytes - 1 })).to.equal(
        `import_too_large: At most ${bytes - 1} bytes.`,
      );
      expect(await codeOf(format, content, { lineBytes: lineBytes - 1 })).to.match(
        new RegExp(
          `^import_too_large: At most ${lineBytes - 1} bytes in a row: the one in (line|element) [12] is longer\\.`,
        ),
      );
    });

    it(`${format}: counts gzip packed and unpacked`, async () => {
      const packed = gzipSync(content);
      const exact = { bytes: packed.length, inflatedBytes: bytes };
      expect(await codeOf(format, packed, exact, true)).to.equal('3 rows');
      expect(await codeOf(format, packed, { ...exact, bytes: packed.length - 1 }, true)).to.equal(
        `import_too_large: At most ${packed.length - 1} bytes as gzip.`,
      );
      expect(await codeOf(format, packed, { ...exact, inflatedBytes: bytes - 1 }, true)).to.equal(
        `import_too_large: At most ${bytes - 1} bytes when unpacked.`,
      );
    });
  }

  it('of bytes hold as soon as one is too many, not when the sender is done', async () => {
    let asked = 0;
    const endless = async function* () {
      for (;;) {
        asked += 1;
        await Promise.resolve();
        yield Buffer.from('{}\n');
      }
    };
    const limits = { ...WIDE, bytes: 30 };
    let code: unknown;
    try {
      for await (const _ of readUpload(endless(), { format: 'ndjson', isGzip: false, limits }));
    } catch (error) {
      ({ code } = error as { code: string });
    }
    expect([code, asked]).to.deep.equal(['import_too_large', 11]);
  });

  it('pulls no more from its source than its reader takes', async () => {
    for (const isGzip of [false, true]) {
      const line = Buffer.from(
        Array.from(
          { length: 1_000 },
          () => `{"email":"${randomBytes(30).toString('hex')}@x.example"}\n`,
        ).join(''),
      );
      const chunk = isGzip ? gzipSync(line) : line;
      let asked = 0;
      let isLeft = false;
      const source = async function* () {
        try {
          for (; asked < CHUNKS;) {
            asked += 1;
            await Promise.resolve();
            yield chunk;
          }
        } finally {
          isLeft = true;
        }
      };
      const limits = { rows: 1e9, bytes: 1e12, inflatedBytes: 1e12, lineBytes: 1_000 };
      const batches = readUpload(source(), { format: 'ndjson', isGzip, limits })[Symbol.asyncIterator]();
      for (let taken = 1; taken <= 20; taken += 1) {
        await batches.next();
        await new Promise((resolve) => setImmediate(resolve));
        // What streams hold where gzip is unpacked differs from one Node to another; it is no part of an upload.
        const ahead = isGzip ? CHUNKS / 10 : 1;
        expect(asked).to.be.at.most(taken + ahead);
      }
      await batches.return();
      await batches.return();
      // Where gzip is unpacked, its stream tells the source in a later turn of the event loop.
      while (!isLeft) await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('keeps nothing of what was read: memory is the same after 10 MB and after 100 MB', async () => {
    const chunk = Buffer.from(
      `${JSON.stringify({ email: 'a@x.example', note: 'x'.repeat(200) })}\n`.repeat(256),
    );
    const heapAfter = new Map<number, number>();
    const source = async function* () {
      for (let sent = 0; sent <= 1_600; sent += 1) {
        if (sent === 160 || sent === 1_600) heapAfter.set(sent, await usedHeap());
        yield chunk;
      }
    };
    const limits = { rows: 1e9, bytes: 1e12, inflatedBytes: 1e12, lineBytes: 1_000 };
    for await (const _ of readUpload(source(), { format: 'ndjson', isGzip: false, limits }));
    /** Less than a hundredth of what was read in between. */
    expect(heapAfter.get(1_600)! - heapAfter.get(160)!).to.be.below(1_000_000);
  });
});

async function usedHeap(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
