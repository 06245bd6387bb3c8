/** An upload that is refused or breaks off leaves nothing behind: no key, no import in the list, no place taken. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { until } from '../support/api-keys.ts';
import { call } from '../support/client.ts';
import { accepted, ndjsonOf, upload, type Sent } from '../support/imports.ts';
import { aTenant, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { keysOfUploads, openRedis } from './left-behind.ts';
import { slowUpload } from './slow-upload.ts';

/** More than are read at once: some are in Redis when it goes wrong. */
const rows = (count = 1_200) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@broken.example` }));
const whole = gzipSync(ndjsonOf(rows(5_000)));
/** Its last bytes are checksum and length. */
const falsified = Buffer.from(whole).fill(0, whole.length - 8, whole.length - 4);

describe('an upload that comes to nothing', () => {
  let tenant: MadeTenant;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    tenant = await aTenant({ max_limits: { imports: 1 } });
  });

  const importsOf = async () =>
    (await call('GET', '/v1/user-imports', { as: tenant.key })).body.imports as unknown[];

  const refused: [string, string | Uint8Array, Sent, number, string][] = [
    ['gzip that is cut off', whole.subarray(0, whole.length - 20), { isGzip: true }, 400, 'truncated_gzip'],
    ['gzip with a wrong checksum', falsified, { isGzip: true }, 400, 'corrupt_gzip'],
    ['JSON that is cut off', JSON.stringify(rows()).slice(0, -1), { type: 'json' }, 400, 'malformed_body'],
    [
      'a row that is too long, far behind',
      `${ndjsonOf(rows())}\n"${'x'.repeat(70_000)}"`,
      {},
      413,
      'import_too_large',
    ],
    ['CSV with an open quotation mark', csvOf(rows(), '"'), { type: 'csv' }, 400, 'malformed_body'],
    ['nothing but blank lines', '\n'.repeat(1_000), {}, 422, 'empty_import'],
  ];
  for (const [what, body, sent, status, code] of refused) {
    it(`because it is ${what}`, async () => {
      const answer = await upload(body, { ...sent, as: tenant.key });
      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      expect(await keysOfUploads()).to.deep.equal([]);
      expect(await importsOf()).to.deep.equal([]);
    });
  }

  it('keeps its connection when it is refused before its end, and the rest arrives', async () => {
    const { hostname, port } = new URL((await world()).api);
    const socket = connect(Number(port), hostname);
    const closed = once(socket, 'close');
    let answers = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answers += text));
    const send = (line: string, ...rest: string[]) => {
      const fields = [`Host: ${hostname}:${port}`, `Authorization: ${tenant.key}`, ...rest];
      socket.write([line, ...fields, '', ''].join('\r\n'));
    };
    const compressed = gzipSync('email\n');
    send('POST /v1/user-imports HTTP/1.1', 'Content-Type: text/csv', `Content-Length: ${compressed.length}`);
    socket.write(compressed.subarray(0, 10));
    await until(() => answers.startsWith('HTTP/1.1 400'));
    socket.write(compressed.subarray(10));
    // Longer than the rest of a body is waited for.
    await delay(2_500);
    answers = '';
    send('GET /v1/me HTTP/1.1', 'Connection: close');
    await closed;
    expect(answers).to.match(/^HTTP\/1\.1 200 /);
  });

  it('because its connection is cut, which nobody sees but who looks into Redis while it arrives', async () => {
    const ways: Record<string, string>[] = [
      {},
      { 'content-encoding': 'gzip' },
      { 'idempotency-key': randomUUID() },
    ];
    for (const headers of ways) {
      const sending = await slowUpload(tenant.key, headers);
      await sending.write('content-encoding' in headers ? whole.subarray(0, -10) : `${ndjsonOf(rows())}\n`);
      // Rows of it are stored, and it has the tenant's one place.
      await until(async () => (await keysOfUploads()).some((name) => name.endsWith('}:rows')));
      expect((await upload(rows(1), { as: tenant.key })).body.code).to.equal('too_many_imports');
      expect(await importsOf()).to.deep.equal([]);
      sending.cut();
      await until(async () => (await keysOfUploads()).length === 0);
      expect(await importsOf()).to.deep.equal([]);
    }
    // Who hung up is known all the same, though its socket had forgotten by then.
    const told = async () => {
      const path = '/v1/tenant/audit-events?outcome=refused&operation=createUserImport';
      const events = (await call('GET', path, { as: tenant.key })).body.events as Record<string, string>[];
      return events.filter(({ code }) => code === 'malformed_body');
    };
    await until(async () => (await told()).length >= ways.length);
    expect((await told()).map(({ address }) => address)).to.not.include('');
    // The place is free again.
    const path = await accepted(rows(1), { as: tenant.key });
    await call('POST', `${path}/cancel`, { as: tenant.key });
  });

  it('because its process dies goes by itself: what it wrote expires, and so does its place', async () => {
    const other = await aTenant({ max_limits: { imports: 1 } });
    const api = await (await world()).startApi('api-to-die');
    const sending = await slowUpload(other.key, {}, api.url);
    sending.expectCut();
    await sending.write(`${ndjsonOf(rows())}\n`);
    await until(async () => (await keysOfUploads()).some((name) => name.endsWith('}:rows')));
    process.kill(api.pid, 'SIGKILL');
    const redis = await openRedis();
    try {
      const left = (await keysOfUploads()).filter((name) => !name.includes(' '));
      expect(left.length).to.be.at.least(3);
      for (const name of left) expect(await redis.pttl(name), name).to.be.within(1, 40_000);
      // Its place counts until then; the clock of the tenant's places is moved, not waited for.
      expect((await upload(rows(1), { as: other.key })).body.code).to.equal('too_many_imports');
      const places = `trivium:{imports-of:${other.id}}:open`;
      const [id, deadline] = await redis.zrange(places, 0, '-1', 'WITHSCORES');
      expect(Number(deadline) - Date.now()).to.be.within(1, 20_000);
      await redis.zadd(places, String(Date.now() - 1), id!);
      const path = await accepted(rows(1), { as: other.key });
      await call('POST', `${path}/cancel`, { as: other.key });
      await redis.del(...left);
    } finally {
      redis.disconnect();
    }
  });
});

function csvOf(users: { email: string }[], last: string): string {
  return `email\n${users.map(({ email }) => email).join('\n')}\n${last}`;
}
