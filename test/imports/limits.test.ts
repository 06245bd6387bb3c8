/** Limits of uploads, at an API process whose limits are small: each is answered with what was exceeded, as soon as it is. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ndjsonOf, types, upload, type Sent } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { keysOfUploads } from './left-behind.ts';

const LIMITS = {
  IMPORT_MAX_ROWS: '50',
  IMPORT_MAX_BYTES: '20000',
  IMPORT_MAX_INFLATED_BYTES: '50000',
  IMPORT_MAX_LINE_BYTES: '1000',
};
const rows = (count: number, more: object = {}) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@limits.example`, ...more }));

describe('limits of an upload', () => {
  let at: string;
  let as: string;
  before(async function () {
    this.timeout(WORLD_MS);
    at = (await (await world()).startApi('api-small', LIMITS)).url;
    as = await apiKey('globex');
  });

  const bomb = gzipSync(Buffer.alloc(10_000_000, '{}\n'));
  const long = 'x'.repeat(1_000);
  const beyond: [string, string | Uint8Array, Sent, string][] = [
    ['rows', ndjsonOf(rows(51)), {}, 'At most 50 rows.'],
    ['rows of a JSON array', JSON.stringify(rows(51)), { type: 'json' }, 'At most 50 rows.'],
    ['rows of CSV', `email\n${'a@x.example\n'.repeat(51)}`, { type: 'csv' }, 'At most 50 rows.'],
    ['bytes', ndjsonOf(rows(25, { name: 'x'.repeat(900) })), {}, 'At most 20000 bytes.'],
    [
      'bytes of gzip',
      gzipSync(ndjsonOf(rows(25, { name: 'x'.repeat(900) })), { level: 0 }),
      { isGzip: true },
      'At most 20000 bytes as gzip.',
    ],
    ['a gzip bomb', bomb, { isGzip: true }, 'At most 50000 bytes when unpacked.'],
    [
      'a long row',
      ndjsonOf([...rows(1), { email: 'a@x.example', name: long }]),
      {},
      'At most 1000 bytes in a row: the one in line 2 is longer.',
    ],
    [
      'a quotation mark that is not closed',
      `email,name\na@x.example,"${'b@x.example,Bob\n'.repeat(100)}`,
      { type: 'csv' },
      'At most 1000 bytes in a row: the one in line 2 is longer. Perhaps a quotation mark in it is not closed.',
    ],
  ];
  for (const [what, body, sent, detail] of beyond) {
    it(`answers ${what} with 413, says which limit it was, and leaves nothing behind`, async () => {
      for (const query of ['', '?dry_run=true']) {
        const answer = await upload(body, { ...sent, as, at, query });
        expect([answer.status, answer.body.code, answer.body.detail]).to.deep.equal([
          413,
          'import_too_large',
          detail,
        ]);
      }
      expect(await keysOfUploads()).to.deep.equal([]);
    });
  }

  it('lets pass what is within them', async () => {
    const path = await accepted(rows(50), { as, at });
    expect((await call('GET', path, { as })).body.total).to.equal(50);
  });

  it('lets senders of much see the answer, and use the connection again', async () => {
    const body = Buffer.alloc(20_000_000, `${ndjsonOf(rows(1))}\n`);
    for (let round = 0; round < 20; round += 1)
      expect((await upload(body, { as, at })).body.detail).to.equal('At most 20000 bytes.');
  });

  it('answers while the sender still sends, and hangs up on one who does not stop', async () => {
    const { hostname, port } = new URL(at);
    const sending = request({
      hostname,
      port,
      method: 'POST',
      path: '/v1/user-imports',
      headers: { authorization: as, 'content-type': types.ndjson },
    });
    // It is cut off: that is what is wanted.
    sending.on('error', () => undefined);
    const line = `${ndjsonOf(rows(1))}\n`;
    const feeding = setInterval(() => sending.write(line.repeat(10)), 5);
    try {
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).to.equal(413);
      await new Promise((resolve) => sending.once('close', resolve));
    } finally {
      clearInterval(feeding);
      sending.destroy();
    }
  });
});
