import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createColumns } from '../../../src/imports/parsing/csv-columns.ts';
import { readUpload, type ReadRow } from '../../../src/imports/parsing/read-upload.ts';
import type { Problem } from '../../../src/problem.ts';
import { pieces, read, readAll, WIDE } from './read.ts';
import { strangeFiles } from './strange-files/index.ts';

/** Files up to this size are cut at every place; larger ones would take their time. */
const SMALL_BYTES = 1_000;

describe('uploads', () => {
  for (const { about, format, bytes, told, ...options } of strangeFiles) {
    const settings = { format, ...options, limits: { ...WIDE, ...options.limits } };

    it(`${format}: ${about}`, async () => {
      expect(await read(bytes, settings)).to.deep.equal(told);
    });

    if (bytes.length > SMALL_BYTES) continue;
    it(`${format}: ${about}, however it is cut`, async () => {
      for (let size = 1; size <= 9; size += 1) expect(await read(bytes, settings, size)).to.deep.equal(told);
      for (let cut = 1; cut < bytes.length; cut += 1) {
        const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
        expect(await readAll(inTurn(parts), settings), `cut at ${cut}`).to.deep.equal(told);
      }
    });
  }

  it('says which columns there are, and does not repeat what may be data', async () => {
    const { problem } = await read('email,emial\n', { format: 'csv' });
    expect(problem).to.deep.equal([
      'invalid_columns',
      'Column 2 ("emial") is not one of email, password, password_hash, custom_password_hash.algorithm, ' +
        'custom_password_hash.hash.value, custom_password_hash.hash.encoding, name, given_name, family_name, nickname, ' +
        'picture, email_verified, roles, custom_password_hash.*, user_metadata.*.',
    ]);
    const named = await read('email,user_metadata.__proto__\n', { format: 'csv' });
    expect(named.problem![1]).to.match(/^Column 2 /);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('has each column in docs/csv.md, and no other there', () => {
    const page = readFileSync(new URL('../../../docs/csv.md', import.meta.url), 'utf8');
    const table = page.split('\n').filter((line) => line.startsWith('| `'));
    const documented = table.flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)]);
    expect(documented.map(([, name]) => name!).sort()).to.deep.equal(createColumns().names.toSorted());
  });

  it('makes of the example in docs/csv.md what stands there', async () => {
    const page = readFileSync(new URL('../../../docs/csv.md', import.meta.url), 'utf8');
    const example = (language: string) => new RegExp(`\`\`\`${language}\\n([^\`]+)\`\`\``).exec(page)![1]!;
    const { rows } = await read(example('json'), { format: 'ndjson' });
    expect(await read(example('csv'), { format: 'csv' })).to.deep.equal({ rows });
  });

  it('throws on what its source throws: an upload that broke off is no broken file', async () => {
    for (const isGzip of [false, true]) {
      const whole = Buffer.from('{"email":"a@x.example"}\n');
      const bytes = isGzip ? gzipSync(whole) : whole;
      const brokenOff = new Error('aborted');
      const source = async function* () {
        yield* pieces(bytes.subarray(0, bytes.length - 5), 4);
        throw brokenOff;
      };
      const error: unknown = await readAll(source(), { format: 'ndjson', isGzip }).catch((e: unknown) => e);
      expect(error).to.equal(brokenOff);
    }
  });

  it('keeps what it needs of a piece: its sender may use the memory again', async () => {
    const buffer = Buffer.alloc(5);
    const source = async function* () {
      for await (const piece of pieces(Buffer.from('{"name":"Ada"}\n{"name":"Bob"}'), 5)) {
        yield buffer.subarray(0, buffer.write(Buffer.from(piece).toString()));
      }
    };
    const { rows } = await readAll(source(), { format: 'ndjson' });
    expect(rows!.map((row) => 'value' in row && row.value)).to.deep.equal([{ name: 'Ada' }, { name: 'Bob' }]);
  });

  it('reads a row when it is taken, and finds out about those that nobody takes', async () => {
    const good = '{"name":"Ada"}\n';
    const limits = { ...WIDE, lineBytes: 100 };
    for (const format of ['ndjson', 'json'] as const) {
      const long = JSON.stringify('x'.repeat(200));
      const file = format === 'json' ? `[${good},${good},${long}]` : `${good}${good}${long}\n`;
      const upload = () => readUpload(pieces(Buffer.from(file), 65_536), { format, isGzip: false, limits });
      const taken: ReadRow[] = [];
      const takeAll = async () => {
        for await (const rows of upload()) for (const row of rows) taken.push(row);
      };
      const takeNone = async () => {
        for await (const _ of upload());
      };
      for (const take of [takeAll, takeNone]) {
        const fault = await take().catch((error: unknown) => error);
        expect((fault as Problem).code).to.equal('import_too_large');
      }
      expect(taken.map(({ number }) => number)).to.deep.equal([1, 2]);
    }
  });
});

// eslint-disable-next-line @typescript-eslint/require-await -- what is read is an asynchronous source
async function* inTurn(parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
