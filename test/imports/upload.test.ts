/** Files as they come, through the API: each with what it is answered, and nothing is left of what is refused. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { management } from '../support/authority.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, ndjsonOf, rowsOf, upload, type ListedRow, type Sent } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { strangeFiles } from './parsing/strange-files/index.ts';

const run = randomUUID().slice(0, 8);

/** What a dry run says of a file is what an import would say: this costs the authority nothing. */
const DRY = '?dry_run=true';

describe('an upload', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const user = (name: string) => ({ email: `${name}-${run}@upload.example`, name: `Name of ${name}` });
  const csv = (name: string, separator: string, lineEnd: string) =>
    [
      ['email', 'name', 'user_metadata.city', 'roles'],
      [user(name).email, user(name).name, '"Zoë\n👩"', 'admin|member'],
    ]
      .map((cells) => cells.join(separator) + lineEnd)
      .join('');
  const rich = { user_metadata: { city: 'Zoë\n👩' }, roles: ['admin', 'member'] };
  const forms: [string, string, (name: string) => string | Uint8Array, Sent][] = [
    ['NDJSON', 'ndjson', (name) => ndjsonOf([{ ...user(name), ...rich }]), { type: 'ndjson' }],
    ['a JSON array', 'json', (name) => JSON.stringify([{ ...user(name), ...rich }]), { type: 'json' }],
    ['CSV', 'csv', (name) => csv(name, ',', '\r\n'), { type: 'csv' }],
    ['CSV with semicolons and a mark', 'csv2', (name) => `\uFEFF${csv(name, ';', '\n')}`, { type: 'csv' }],
    [
      'CSV as UTF-16',
      'csv3',
      (name) => Buffer.from(`\uFEFF${csv(name, '\t', '\r\n')}`, 'utf16le'),
      { type: 'csv' },
    ],
    ['CSV as gzip', 'csv4', (name) => gzipSync(csv(name, ',', '\r\n')), { type: 'csv', isGzip: true }],
    [
      'NDJSON as gzip in two members',
      'gz',
      (name) => Buffer.concat([gzipSync(ndjsonOf([{ ...user(name), ...rich }])), gzipSync('\n')]),
      { type: 'ndjson', isGzip: true },
    ],
  ];
  for (const [what, name, body, sent] of forms) {
    it(`of ${what} makes the users that it says`, async () => {
      const path = await accepted(body(name), sent);
      expect((await ended(path)).counts).to.include({ created: 1, failed: 0 });
      const [row] = await rowsOf(path);
      const record = await (await management()).users.get(row!.user_id!);
      expect(record).to.deep.include({
        ...user(name),
        user_metadata: rich.user_metadata,
        app_metadata: { tenant_id: 'acme', roles: rich.roles },
      });
    });
  }

  describe('that nobody here wrote', () => {
    // Limits of the API are not those of the tables; test/imports/limits.test.ts is about them.
    for (const { about, format, bytes, isGzip, charset, limits, told } of strangeFiles) {
      if (limits) continue;
      it(`${format}: ${about}`, async () => {
        const sent = { type: format, charset, isGzip };
        const { status, body } = await upload(bytes, { ...sent, query: DRY });
        if (told.problem) {
          const [code, detail] = told.problem;
          const { code: found, detail: said, status: inBody } = body;
          expect([found, inBody]).to.deep.equal([code, status]);
          if (detail !== undefined) expect(said).to.equal(detail);
          const wet = await upload(bytes, sent);
          expect([wet.status, wet.body.code, wet.body.detail]).to.deep.equal([status, found, said]);
          return;
        }
        expect(status, JSON.stringify(body)).to.equal(200);
        expect(body).to.include({ dry_run: true, total: told.rows!.length });
        expect(body.valid + body.failed).to.equal(body.total);
        // What could not be read says so with the words of the reader; the rest is up to the schema.
        for (const row of told.rows!) {
          if (!('error' in row)) continue;
          const found = body.rows.find(({ row: number }: { row: number }) => number === row.number);
          const { number, ...rest } = row;
          const { line: _, ...listed } = found;
          expect(listed).to.deep.equal({ row: number, status: 'failed', ...rest });
        }
      });
    }
  });

  it('tells all that is wrong with a row, by its number and its line, in each form of answer', async () => {
    const file = `email,name,email_verified,,\n\n\nnone,"A\nB",perhaps,,\nlines-${run}@upload.example,B,true,,\n`;
    const { body } = await upload(file, { type: 'csv', query: DRY });
    expect(body).to.deep.include({ total: 2, valid: 1, failed: 1 });
    const [wrong] = body.rows as ListedRow[];
    expect(wrong).to.include({ row: 1, line: 4 });
    expect(wrong!.errors!.map(({ pointer }) => pointer)).to.have.members(['/email', '/email_verified']);
    expect(wrong!.error).to.deep.equal(wrong!.errors![0]);
    const path = await accepted(file, { type: 'csv' });
    await ended(path);
    expect((await rowsOf(path))[0]).to.deep.equal(wrong);
    const csv = await call('GET', `${path}/rows`, {
      as: await apiKey('acme'),
      headers: { accept: 'text/csv' },
    });
    expect((csv.body as string).split('\r\n')[1]).to.match(
      /\/email .*; \/email|\/email_verified .*; \/email.*\(line 4\)/,
    );
  });

  it('that is gzip and does not say so is refused as a whole', async () => {
    for (const type of ['csv', 'ndjson', 'json'] as const) {
      const { status, body } = await upload(gzipSync(csv('plain', ',', '\n')), { type });
      expect([status, body.code]).to.deep.equal([400, 'malformed_body']);
      expect(body.detail).to.match(/^This looks like gzip: send it with `Content-Encoding: gzip`/);
    }
  });

  it('that is only tried makes nothing, and says what is wrong', async () => {
    const as = await apiKey('globex');
    const before = (await call('GET', '/v1/user-imports?limit=100', { as })).body.imports.length;
    const { status, body } = await upload(
      [
        { email: `dry-${run}@upload.example` },
        { email: 'none' },
        { email: `dry-${run}@UPLOAD.example` },
        { email: `dry2-${run}@upload.example`, roles: ['admin'], password: 'short' },
      ],
      { as, query: DRY },
    );
    expect(status).to.equal(200);
    expect(body).to.deep.include({ dry_run: true, total: 4, valid: 1, failed: 3 });
    expect(
      (body.rows as ListedRow[]).map(({ row, status: how, error }) => [
        row,
        how,
        error!.code,
        error!.pointer,
      ]),
    ).to.deep.equal([
      [2, 'failed', 'invalid_body', '/email'],
      [3, 'failed', 'duplicate_row', '/email'],
      [4, 'failed', 'invalid_body', '/password'],
    ]);
    expect((await call('GET', '/v1/user-imports?limit=100', { as })).body.imports).to.have.length(before);
    const sdk = await management();
    expect(await sdk.users.listUsersByEmail({ email: `dry-${run}@upload.example` })).to.deep.equal([]);
  });
});
