/**
 * Tenants whose users live in one database connection: none learns that an email is another tenant's, and nobody's user is adopted,
 * changed or sent a mail by another tenant.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/api-keys.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { management } from '../support/authority.ts';
import { call, type Answer } from '../support/client.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import {
  aTenant,
  createTenant,
  leftAtAuthority,
  tenantToMake,
  whenAllIsWritten,
  type MadeTenant,
} from '../support/tenants.ts';
import { BY_JOBS, HASH, whenNoneIsUnderWay } from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const byId = (id: string) => `/v1/users/${encodeURIComponent(id)}`;
const newEmail = () => `shared-${randomUUID()}@both.example`;
/** Keeps to the contract, and the authority refuses it (as it may an address): its port is none. */
const REFUSED_PICTURE = 'https://pictures.example:99999/';
const kinds = ['own', 'foreign', 'foreign in capitals', 'refused'] as const;
type Kind = (typeof kinds)[number];
type Fields = { email: string; picture?: string };

describe('a database that tenants share', () => {
  let tenant: MadeTenant;
  let other: MadeTenant;
  let connection: string;
  let mine: { user_id: string };
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    connection = `shared-${randomUUID().slice(0, 8)}`;
    await (await management()).connections.create({ name: connection, strategy: 'auth0' });
    [tenant, other] = [await aTenant({ connection }), await aTenant({ connection })];
    mine = await aUserOf(tenant);
    await whenNoneIsUnderWay();
  });
  afterEach(async () => (await world()).control.clearFaults());

  async function aUserOf(
    { key }: MadeTenant,
    email = newEmail(),
  ): Promise<{ user_id: string; email: string }> {
    const { status, body } = await call('POST', '/v1/users', { as: key, body: { email, name: 'As it was' } });
    expect(status).to.equal(201);
    return body as { user_id: string; email: string };
  }

  /** What is sent for a user whose email cannot be used. */
  async function unusable(kind: Kind): Promise<Fields> {
    if (kind === 'refused') return { email: newEmail(), picture: REFUSED_PICTURE };
    const { email } = await aUserOf(kind === 'own' ? tenant : other);
    return { email: kind === 'foreign in capitals' ? email.toUpperCase() : email };
  }

  /** The users as the authority has them, but for what changes by itself. */
  async function records(of: MadeTenant): Promise<unknown[]> {
    const query = { q: `app_metadata.tenant_id:"${of.id}"`, per_page: 100, sort: 'created_at:-1' };
    return (await (await management()).users.list(query)).data;
  }

  const endpoints = ['POST /api/v2/users', 'PATCH /api/v2/users/{id}', 'GET /api/v2/users/{id}'];
  const looks = 'GET /api/v2/users-by-email';
  /** How often each endpoint for users was called meanwhile, whatever it answered. */
  async function callsDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const { control } = await world();
    await whenAllIsWritten();
    await control.forgetCalls();
    await work();
    const made = await control.calls();
    return Object.fromEntries(
      [...endpoints, looks].map((name) => [
        name,
        Object.values(made[name] ?? {}).reduce((sum, count) => sum + count, 0),
      ]),
    );
  }

  /** All of an answer by which its receiver could tell one refusal from another. */
  function visible({ status, headers, body }: Answer) {
    const { request_id: _id, ...rest } = body as Record<string, unknown>;
    const names = [...headers.keys()].filter((name) => name !== 'date').sort();
    return { status, names, length: headers.get('content-length'), rest };
  }

  const workerLines = async (text: string) =>
    (await readFile(join((await world()).home, 'logs', 'worker.log'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes(text) && /relay job failed|unavailable/.test(line));

  const reasons = {
    own: 'a user of the tenant has this email',
    foreign: 'a user of another tenant has this email',
    'foreign in capitals': 'a user of another tenant has this email',
    refused: 'the authority refuses a value',
  };
  const writes = {
    createUser: (fields: Fields, headers: Record<string, string>) =>
      call('POST', '/v1/users', { as: tenant.key, body: fields, headers }),
    updateUser: (fields: Fields, headers: Record<string, string>) =>
      call('PATCH', byId(mine.user_id), { as: tenant.key, body: fields, headers }),
  };

  for (const [name, write] of Object.entries(writes)) {
    it(`${name} answers one thing: own, foreign and refused emails are not told apart`, async () => {
      const since = await aMoment();
      const seen = [];
      for (const kind of kinds) {
        const fields = await unusable(kind);
        const before = await records(other);
        let answer!: Answer;
        const calls = await callsDuring(async () => (answer = await write(fields, {})));
        expect(answer.body).to.include({
          status: 409,
          code: 'email_unavailable',
          detail: 'This address cannot be used for a user.',
        });
        expect(await records(other)).to.deep.equal(before);
        const requestId = answer.body.request_id as string;
        await until(async () => (await workerLines(requestId)).length > 0);
        const [line = ''] = await workerLines(requestId);
        const logged = JSON.parse(line) as { tenant_id: string; err: { message: string } };
        expect([logged.tenant_id, logged.err.message]).to.deep.equal([tenant.id, reasons[kind]]);
        expect(line).to.not.include(fields.email).and.not.include(other.id);
        seen.push({ calls, ...visible(answer), requestId });
      }
      const [own, ...rest] = seen.map(({ requestId: _its, ...answer }) => answer);
      for (const answer of rest) expect(answer).to.deep.equal(own);

      const told = await eventsSince(since);
      const events = seen.map(({ requestId }) =>
        told
          .filter(({ request_id }) => request_id === requestId)
          .map(({ id: _id, time: _time, request_id: _its, recorded_at: _at, seq: _seq, ...event }) => event),
      );
      expect(events[0]).to.have.length(1);
      expect(events[0]![0]).to.deep.include({ tenant_id: tenant.id, outcome: 'refused', status: 409 });
      for (const one of events) expect(one).to.deep.equal(events[0]);
    });

    it(`${name} says the same in a job`, async () => {
      const seen = [];
      for (const kind of kinds) {
        const { headers } = await write(await unusable(kind), { prefer: 'respond-async' });
        const path = headers.get('location')!;
        await until(
          async () =>
            !['queued', 'running'].includes((await call('GET', path, { as: tenant.key })).body.status),
        );
        const { body } = await call('GET', path, { as: tenant.key });
        const { status, problem } = body as { status: string; problem: { request_id: string } };
        const { request_id: _its, ...rest } = problem;
        seen.push({ status, problem: rest });
      }
      expect(seen[0]).to.have.nested.property('problem.code', 'email_unavailable');
      for (const job of seen) expect(JSON.stringify(job)).to.equal(JSON.stringify(seen[0]));
    });
  }

  it('an idempotency key keeps the answer, and nothing is asked again', async () => {
    for (const kind of kinds) {
      const fields = await unusable(kind);
      const headers = { 'idempotency-key': randomUUID() };
      const first = await writes.createUser(fields, headers);
      expect(first.body.code).to.equal('email_unavailable');
      const calls = await callsDuring(async () => {
        expect(visible(await writes.createUser(fields, headers))).to.deep.equal(visible(first));
      });
      expect(calls[endpoints[0]!]).to.equal(0);
    }
  });

  it('a weak password tells nothing of an email that cannot be used', async () => {
    const password = 'password';
    const seen = [];
    for (const kind of kinds) {
      const fields = { ...(await unusable(kind)), password };
      let answer!: Answer;
      const calls = await callsDuring(async () => (answer = await writes.createUser(fields, {})));
      seen.push({ calls, ...visible(answer) });
    }
    for (const answer of seen) expect(answer).to.deep.equal(seen[0]);
    expect(seen[0]!.rest['code']).to.equal('email_unavailable');
    const free = await writes.createUser({ email: newEmail(), password } as Fields, {});
    expect(free.body.code).to.equal('weak_password');
  });

  it('an email that the authority refuses by itself is answered the same, by whatever status', async () => {
    const { control } = await world();
    for (const [status, errorCode] of [
      [400, 'invalid_body'],
      [422, 'invalid_email'],
      [413, 'too_long'],
      [409, 'user_exists'],
    ] as const) {
      const effect = {
        kind: 'answer',
        status,
        body: { statusCode: status, errorCode, message: 'x' },
      } as const;
      await control.addFault({ method: 'POST', path: '/api/v2/users', effect, times: 1 });
      const created = await writes.createUser({ email: newEmail() }, {});
      expect([created.status, created.body.code]).to.deep.equal([409, 'email_unavailable']);
      await control.addFault({ method: 'PATCH', path: '/api/v2/users/{id}', effect, times: 1 });
      const changed = await writes.updateUser({ email: newEmail() }, {});
      expect([changed.status, changed.body.code]).to.deep.equal([409, 'email_unavailable']);
      await control.clearFaults();
    }
  });

  for (const [channel, query, more] of [
    ['row_by_row', '?channel=row_by_row', {}],
    ['row_by_row with a weak password', '?channel=row_by_row', { password: 'password' }],
    ['import_jobs', BY_JOBS, {}],
    ['import_jobs with a hash', BY_JOBS, { password_hash: HASH }],
  ] as const) {
    it(`rows of an import (${channel}) end alike, and so do their imports`, async () => {
      const seen = [];
      for (const kind of kinds) {
        const fields = await unusable(kind);
        const [before, mails] = [await records(other), (await (await world()).control.mails()).length];
        let path!: string;
        const calls = await callsDuring(async () => {
          path = await accepted([{ ...fields, ...more }], { as: tenant.key, query });
          await ended(path, tenant.key);
        });
        const {
          id: _id,
          created_at: _c,
          started_at: _s,
          completed_at: _e,
          rows_kept_until: _k,
          ...state
        } = await ended(path, tenant.key);
        const [{ email: _email, ...row } = { email: '' }] = await rowsOf(path, '', tenant.key);
        expect(await records(other)).to.deep.equal(before);
        expect((await (await world()).control.mails()).length).to.equal(mails);
        const id = path.split('/').at(-1)!;
        await until(async () => (await workerLines(id)).length > 0);
        const [line = ''] = await workerLines(id);
        expect(line).to.include(tenant.id).and.not.include(fields.email).and.not.include(other.id);
        if (!query.includes('jobs')) expect(line).to.include(reasons[kind]);
        else
          expect(JSON.parse(line)).to.have.property(kind === 'refused' ? 'refused' : 'taken').that.is.not
            .empty;
        seen.push({ calls, state, row });
      }
      expect(seen[0]!.row).to.deep.equal({
        row: 1,
        status: 'failed',
        error: {
          code: 'email_unavailable',
          message: 'This address cannot be used for a user.',
          pointer: '/email',
        },
      });
      for (const one of seen) expect(JSON.stringify(one)).to.equal(JSON.stringify(seen[0]));
    });
  }

  it('rows of an import job whose first answer was lost are looked up alike', async () => {
    const { control } = await world();
    const seen = [];
    for (const kind of kinds) {
      const rows = await Promise.all([1, 2, 3].map(() => unusable(kind)));
      const effect = { kind: 'drop' } as const;
      await control.addFault({ method: 'POST', path: '/api/v2/jobs/users-imports', effect, times: 1 });
      let path!: string;
      const calls = await callsDuring(async () => {
        path = await accepted(rows, { as: tenant.key, query: BY_JOBS });
        await ended(path, tenant.key);
      });
      await control.clearFaults();
      const ends = (await rowsOf(path, '', tenant.key)).map(({ email: _email, ...row }) => row);
      seen.push({ calls, ends });
    }
    expect(seen[0]!.calls[endpoints[2]!]).to.equal(3);
    for (const one of seen) expect(one).to.deep.equal(seen[0]);
  });

  for (const query of ['?channel=row_by_row', '?channel=row_by_row&send_verification_email=true', BY_JOBS])
    it(`two tenants that import the same people at once (${query}) share them out, and nobody is touched`, async () => {
      const emails = Array.from({ length: 40 }, newEmail);
      const [early, late] = [await aUserOf(tenant, emails[0]), await aUserOf(other, emails[1])];
      const imported = await Promise.all(
        [tenant, other].map(async (by) => {
          const rows = emails.map((email) => ({ email, name: by.id }));
          const path = await accepted(rows, { as: by.key, query });
          await ended(path, by.key);
          return { by, rows: await rowsOf(path, '', by.key) };
        }),
      );
      const sdk = await management();
      for (const { by, rows } of imported) {
        expect(rows.map(({ status }) => status)).to.not.include('skipped');
        for (const { status, user_id, error } of rows)
          if (status === 'created')
            expect(await sdk.users.get(user_id!)).to.deep.include({
              name: by.id,
              app_metadata: { tenant_id: by.id, roles: ['member'] },
            });
          else
            expect([status, error?.code, user_id]).to.deep.equal(['failed', 'email_unavailable', undefined]);
      }
      // Each person is one tenant's, and the two who were there are as they were.
      const created = imported.flatMap(({ rows }) => rows.filter(({ status }) => status === 'created'));
      expect(created.map(({ email }) => email).sort()).to.deep.equal(emails.slice(2).sort());
      for (const { user_id } of [early, late])
        expect(await sdk.users.get(user_id)).to.deep.include({ name: 'As it was' });
      const mails = (await (await world()).control.mails()).map(({ to }) => to);
      const expected = query.includes('mail') ? emails.slice(2).sort() : [];
      expect(mails.filter((to) => emails.includes(to)).sort()).to.deep.equal(expected);
    });

  const acts: Record<string, (path: string, as: string) => Promise<Answer>> = {
    getUser: (path, as) => call('GET', path, { as }),
    updateUser: (path, as) => call('PATCH', path, { as, body: { name: 'Taken over', blocked: true } }),
    'updateUser with an email': (path, as) => call('PATCH', path, { as, body: { email: newEmail() } }),
    deleteUser: (path, as) => call('DELETE', path, { as }),
    getUserRoles: (path, as) => call('GET', `${path}/roles`, { as }),
    replaceUserRoles: (path, as) => call('PUT', `${path}/roles`, { as, body: { roles: ['admin'] } }),
    listUserSessions: (path, as) => call('GET', `${path}/sessions`, { as }),
    endUserSessions: (path, as) => call('DELETE', `${path}/sessions`, { as }),
    createPasswordReset: (path, as) => call('POST', `${path}/password-reset`, { as, body: {} }),
    sendVerificationEmail: (path, as) => call('POST', `${path}/verification-email`, { as }),
  };
  for (const [name, act] of Object.entries(acts))
    it(`${name} knows a foreign id no more than one that nobody has, and touches nobody`, async () => {
      const { control } = await world();
      const foreign = await aUserOf(other);
      const [before, mails] = [await records(other), (await control.mails()).length];
      await control.forgetCalls();
      const atForeign = await act(byId(foreign.user_id), tenant.key);
      const made = await control.calls();
      const atUnknown = await act(byId(`auth0|${randomUUID().replaceAll('-', '')}`), tenant.key);
      const without = ({ rest: { instance: _path, ...rest }, ...answer }: ReturnType<typeof visible>) => ({
        ...answer,
        length: undefined,
        rest,
      });
      expect(atForeign.status).to.equal(404);
      expect(without(visible(atForeign))).to.deep.equal(without(visible(atUnknown)));
      // The world's upkeep may call meanwhile, but never these.
      expect(Object.keys(made)).to.include('GET /api/v2/users/{id}');
      const writes = Object.keys(made).filter((one) => /^(?!GET ).*\/(users|tickets|jobs)/.test(one));
      expect(writes).to.deep.equal([]);
      expect(await records(other)).to.deep.equal(before);
      expect((await control.mails()).length).to.equal(mails);
    });

  it('a foreign email is found no more than one that nobody has', async () => {
    const { email } = await aUserOf(other);
    const seen = [];
    for (const sought of [email, email.toUpperCase(), newEmail()]) {
      let answer!: Answer;
      const path = `/v1/users?email=${encodeURIComponent(sought)}`;
      const calls = await callsDuring(async () => (answer = await call('GET', path, { as: tenant.key })));
      expect(answer.body).to.deep.equal({ users: [] });
      if (sought === sought.toLowerCase()) seen.push(calls);
    }
    expect(seen[1]).to.deep.equal(seen[0]);
  });

  it('the operator, who may see every tenant, is told why an admin cannot be created', async () => {
    const { email } = await aUserOf(other);
    const body = { ...tenantToMake(), connection };
    const taken = await createTenant({ ...body, admin: { email } });
    expect([taken.status, taken.body.code]).to.deep.equal([409, 'user_exists']);
    expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
  });

  it('no address of the people here stands in a log', async () => {
    const folder = join((await world()).home, 'logs');
    for (const file of await readdir(folder)) {
      const log = await readFile(join(folder, file), 'utf8');
      expect(/shared-[^"]*@both\.example/i.exec(log)?.[0], file).to.equal(undefined);
    }
  });

  it('a tenant with a database of its own is told that a user exists', async () => {
    const { key } = await aTenant();
    const email = newEmail();
    const create = () => call('POST', '/v1/users', { as: key, body: { email } });
    expect((await create()).status).to.equal(201);
    expect((await create()).body.code).to.equal('user_exists');
    const path = await accepted([{ email }, { email: newEmail(), picture: REFUSED_PICTURE }], { as: key });
    await ended(path, key);
    const rows = await rowsOf(path, '', key);
    expect(rows.map(({ status, error }) => error?.code ?? status)).to.deep.equal([
      'skipped',
      'invalid_field',
    ]);
  });
});
