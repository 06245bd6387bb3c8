/** What became of each row: in pages, as NDJSON and CSV, sealed at rest, and gone some time after the end. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf, stateOf } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { openRedis } from './left-behind.ts';

const run = randomUUID().slice(0, 8);
const emailOf = (name: string) => `${name}-${run}@rows.example`;

describe('rows of an import', () => {
  /** One row of each status that can be had without a fault, and 1,200 that are wrong, over several chunks. */
  let path: string;
  let as: string;
  const WRONG = 1_200;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    as = await apiKey('acme');
    await call('POST', '/v1/users', { as, body: { email: emailOf('taken') } });
    path = await accepted([
      { email: emailOf('first') },
      { email: emailOf('taken') },
      { email: emailOf('weak'), password: 'password' },
      ...Array.from({ length: WRONG }, (_, i) => ({ email: emailOf(`wrong${i}`), surname: 'x' })),
      { email: emailOf('last') },
    ]);
    await ended(path);
  });

  it('come in pages, each by its cursor, and by status', async () => {
    expect((await stateOf(path)).counts).to.deep.equal({
      pending: 0,
      created: 2,
      failed: WRONG + 1,
      skipped: 1,
      unknown: 0,
    });
    const rows = await rowsOf(path);
    expect(rows.map(({ row }) => row)).to.deep.equal(Array.from({ length: WRONG + 4 }, (_, i) => i + 1));
    const first = await call('GET', `${path}/rows?limit=2`, { as });
    expect(first.body.rows).to.deep.equal(rows.slice(0, 2));
    const second = await call('GET', `${path}/rows?limit=2&cursor=${first.body.next_cursor}`, { as });
    expect(second.body.rows).to.deep.equal(rows.slice(2, 4));
    expect(first.headers.get('link')).to.include(first.body.next_cursor).and.include('rel="next"');
    const created = await call('GET', `${path}/rows?status=created`, { as });
    expect(created.body).to.deep.equal({ rows: [rows[0], rows.at(-1)] });
    expect((await rowsOf(path, '&status=skipped')).map(({ email }) => email)).to.deep.equal([
      emailOf('taken'),
    ]);
    expect(await rowsOf(path, '&status=pending')).to.deep.equal([]);
    expect(await rowsOf(path, '&status=unknown')).to.deep.equal([]);
    expect(await rowsOf(path, '&status=failed')).to.deep.equal(
      rows.filter(({ status }) => status === 'failed'),
    );
    for (const query of ['status=done', 'limit=0', 'limit=1001', 'cursor=%00'])
      expect((await call('GET', `${path}/rows?${query}`, { as })).status).to.equal(400);
  });

  it('come as NDJSON, all of them, with and without a status', async () => {
    const headers = { accept: 'application/x-ndjson' };
    const read = async (query = '') => {
      const answer = await call('GET', `${path}/rows${query}`, { as, headers });
      expect(answer.headers.get('content-type')).to.match(/^application\/x-ndjson/);
      const lines = (answer.body as string).split('\n');
      expect(lines.pop()).to.equal('');
      return lines.map((line) => JSON.parse(line) as unknown);
    };
    expect(await read()).to.deep.equal(await rowsOf(path));
    expect(await read('?status=created')).to.deep.equal(await rowsOf(path, '&status=created'));
    const { body } = await call('GET', `${path}/rows?limit=1000`, { as });
    expect(await read(`?cursor=${body.next_cursor}`)).to.deep.equal((await rowsOf(path)).slice(1_000));
    expect(await read('?status=unknown')).to.deep.equal([]);
  });

  it('come as CSV, in which nothing is a formula', async () => {
    const strange = await accepted([
      { email: emailOf('=cmd') },
      { email: `+${emailOf('plus')}` },
      { email: '@SUM(1+1)' },
      { email: '-2+3,"x"' },
      { email: '\t=1' },
      { email: '\r=1' },
      { email: emailOf('plain'), 'a,"b"': 1 },
    ]);
    await ended(strange);
    const answer = await call('GET', `${strange}/rows`, { as, headers: { accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).to.match(/^text\/csv/);
    const lines = (answer.body as string).split('\r\n');
    expect(lines[0]).to.equal('row,status,email,user_id,code,message,pointer');
    expect(lines.pop()).to.equal('');
    expect(lines).to.have.length(8);
    expect(lines[1]).to.match(new RegExp(`^1,(created|failed),'=cmd-${run}@rows\\.example,`));
    expect(lines[2]).to.match(new RegExp(`^2,created,'\\+plus-${run}@rows\\.example,auth0\\|\\w+,,,$`));
    expect(lines[3]).to.match(/^3,failed,'@SUM\(1\+1\),,invalid_body,/);
    expect(lines[4]).to.match(/^4,failed,"'-2\+3,""x""",,invalid_body,/);
    expect(lines[5]).to.match(/^5,failed,'\t=1,,invalid_body,/);
    expect(lines[6]).to.match(/^6,failed,"'\r=1",,invalid_body,/);
    expect(lines[7]).to.match(/,"\/a,""b"""$/);
    const only = await call('GET', `${strange}/rows?status=created`, { as, headers: { accept: 'text/csv' } });
    expect((only.body as string).split('\r\n').every((line) => /^(row,|\d+,created,|$)/.test(line))).to.equal(
      true,
    );
    const neither = await call('GET', `${strange}/rows`, { as, headers: { accept: 'text/html' } });
    expect(neither.status).to.equal(406);
  });

  it('are sent as they are read, not when all are there', async () => {
    const { api } = await world();
    const response = await fetch(`${api}${path}/rows`, {
      headers: { authorization: as, accept: 'application/x-ndjson' },
    });
    expect(response.headers.get('content-length')).to.equal(null);
    let parts = 0;
    for await (const _ of response.body!) parts += 1;
    expect(parts).to.be.greaterThan(1);
  });

  it('stand sealed in Redis: of no email, name or password is there a trace', async () => {
    const secret = `Very-secret-${run}-1aA!`;
    const person = { name: `Somebody ${run}`, password: secret, user_metadata: { note: `note-${run}` } };
    const kept = await accepted([
      { email: emailOf('sealed'), ...person },
      { email: `bad ${emailOf('sealed')}`, ...person },
    ]);
    // Both while it is at work and when it is done.
    expect(await textInRedis([run])).to.deep.equal([]);
    await ended(kept);
    expect(await textInRedis([run, Buffer.from(run).toString('base64').slice(0, 8)])).to.deep.equal([]);
    const id = kept.split('/').at(-1)!;
    expect((await textInRedis([id])).some((name) => name.endsWith(`{import:${id}}:state`))).to.equal(true);
  });

  it('go some time after the end: then it is 410, and the counts stay', async () => {
    const gone = await accepted([{ email: emailOf('gone') }, { email: 'none' }]);
    const { counts } = await ended(gone);
    const redis = await openRedis();
    try {
      const place = (what: string) => `trivium:{import:${gone.split('/').at(-1)}}:${what}`;
      const week = 168 * 3_600_000;
      for (const what of ['rows', 'marks']) {
        expect(await redis.pttl(place(what)), what).to.be.within(week - 60_000, week);
        await redis.del(place(what));
      }
      expect(await redis.pttl(place('state'))).to.equal(-1);
    } finally {
      redis.disconnect();
    }
    for (const accept of ['application/json', 'application/x-ndjson', 'text/csv'])
      for (const query of ['', '?status=created']) {
        const answer = await call('GET', `${gone}/rows${query}`, { as, headers: { accept } });
        expect([answer.status, answer.body.code]).to.deep.equal([410, 'rows_deleted']);
      }
    expect((await stateOf(gone)).counts).to.deep.equal(counts);
    const { imports } = (await call('GET', '/v1/user-imports?limit=1', { as })).body;
    expect(imports[0].counts).to.deep.equal(counts);
  });
});

/** @returns keys, and places in them, that hold one of these texts as it is */
async function textInRedis(texts: string[]): Promise<string[]> {
  const redis = await openRedis();
  const found: string[] = [];
  try {
    for await (const names of redis.scanStream({ count: 1_000 })) {
      for (const name of names as string[]) {
        const parts = [Buffer.from(name), ...(await partsOf(name))];
        if (parts.some((part) => texts.some((text) => part.includes(text)))) found.push(name);
      }
    }
  } finally {
    redis.disconnect();
  }
  return found;

  async function partsOf(name: string): Promise<Buffer[]> {
    const kind = await redis.type(name);
    if (kind === 'string') return [(await redis.getBuffer(name)) ?? Buffer.alloc(0)];
    if (kind === 'hash')
      return Object.entries(await redis.hgetallBuffer(name)).flatMap(([field, value]) => [
        Buffer.from(field),
        value,
      ]);
    if (kind === 'set') return redis.smembersBuffer(name);
    if (kind === 'zset') return redis.zrangeBuffer(name, 0, '-1');
    if (kind === 'list') return redis.lrangeBuffer(name, 0, -1);
    if (kind === 'stream') return [Buffer.from(JSON.stringify(await redis.xrange(name, '-', '+')))];
    return [];
  }
}
