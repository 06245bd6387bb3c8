import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import type { Job } from '../../src/stand-in/store/records.ts';
import {
  callManagement,
  CONNECTION,
  operatorToken,
  PASSWORD,
  startStandIn,
  type Answered,
} from './account.ts';
import { signIn } from './sign-in-as-spa.ts';

const HOUR_MS = 3_600_000;

describe('stand-in: jobs and tickets', () => {
  let standIn: StandIn;
  let token: string;
  let connectionId: string;

  beforeEach(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    connectionId = standIn.store.connections.first('name', CONNECTION)!.id;
  });
  afterEach(() => standIn.close());

  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, token, method, path, body);

  async function importUsers(
    users: unknown,
    more: Record<string, string> = {},
  ): Promise<Answered<Job & { message?: string }>> {
    const form = new FormData();
    const text = typeof users === 'string' ? users : JSON.stringify(users);
    form.set('users', new Blob([text], { type: 'application/json' }), 'users.json');
    for (const [name, value] of Object.entries({ connection_id: connectionId, ...more }))
      form.set(name, value);
    const response = await fetch(`${standIn.url}api/v2/jobs/users-imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Job };
  }

  async function whenDone({ body }: Answered<Job>): Promise<Job> {
    for (;;) {
      const job = (await call<Job>('GET', `jobs/${body.id}`)).body;
      if (job.status !== 'pending') return job;
    }
  }

  const errorsOf = async ({ id }: Job) =>
    call<{ user: unknown; errors: object[] }[]>('GET', `jobs/${id}/errors`);
  const one = (email: string, more: object = {}) => [{ email, ...more }];

  describe('users-imports', () => {
    it('bring users in, and say how many (recorded)', async () => {
      const made = await importUsers(
        [
          {
            email: 'Eva@example.com',
            user_id: 'eva',
            email_verified: true,
            app_metadata: { tenant_id: 'acme' },
          },
          { email: 'tom@example.com', name: 'Tom' },
        ],
        { external_id: 'batch-7' },
      );
      expect(made.status).to.equal(202);
      expect(made.body).to.include({
        type: 'users_import',
        status: 'pending',
        connection_id: connectionId,
        connection: CONNECTION,
        external_id: 'batch-7',
      });
      const done = await whenDone(made);
      expect(done).to.deep.include({
        status: 'completed',
        summary: { failed: 0, updated: 0, inserted: 2, total: 2 },
      });
      expect((await errorsOf(done)).status).to.equal(204);
      const { body } = await call('GET', 'users/auth0%7Ceva');
      expect(body).to.deep.include({ email: 'eva@example.com', app_metadata: { tenant_id: 'acme' } });
    });

    it('end completed even if users fail, and say which and why (recorded for DUPLICATED_USER; codes: Auth0 docs, "Bulk user imports")', async () => {
      const done = await whenDone(
        await importUsers([
          { email: 'ann@example.com' },
          { name: 'without an address' },
          { email: 'not an address' },
          { email: 'secret@example.com', password: 'plain' },
          { email: 'long@example.com', name: 'x'.repeat(301) },
          { email: 'other@example.com', user_id: 'ann' },
          { email: 'new@example.com' },
          { email: 'new@example.com' },
          { email: 'meta@example.com', app_metadata: { blocked: true } },
        ]),
      );
      expect(done).to.deep.include({
        status: 'completed',
        summary: { failed: 8, updated: 0, inserted: 1, total: 9 },
      });
      const { body } = await errorsOf(done);
      expect(body[0]).to.deep.equal({
        user: { email: 'ann@example.com' },
        errors: [
          { code: 'DUPLICATED_USER', message: 'The user already exist and upsert parameter is false' },
        ],
      });
      expect(
        body.flatMap(({ errors }) => errors.map((error) => (error as { code: string }).code)),
      ).to.deep.equal([
        'DUPLICATED_USER',
        'OBJECT_REQUIRED',
        'FORMAT',
        'NOT_PASSED',
        'MAX_LENGTH',
        'CONFLICT',
        'DUPLICATED_USER',
        'NOT_PASSED',
      ]);
    });

    it('upsert by address, and replace metadata instead of merging (Auth0 docs, "Bulk user imports")', async () => {
      const user = { email: 'ann@example.com', app_metadata: { plan: 'gold' } };
      const done = await whenDone(
        await importUsers([user, { email: 'ANN@example.com' }], { upsert: 'true' }),
      );
      // Twice in one file is an error all the same.
      expect(done.summary).to.deep.equal({ failed: 1, updated: 1, inserted: 0, total: 2 });
      expect((await call('GET', 'users/auth0%7Cann')).body['app_metadata']).to.deep.equal({ plan: 'gold' });
    });

    it('take files of 500 KB and no more (community; public reports of the text)', async () => {
      const file = (kilobytes: number) =>
        one('big@example.com', { user_metadata: { x: 'x'.repeat(kilobytes * 1000) } });
      expect((await importUsers(file(500))).status).to.equal(202);
      const refused = await importUsers(file(513));
      expect(refused.status).to.equal(413);
      expect(refused.body.message).to.equal('Payload content length greater than maximum allowed: 512000');
    });

    it('run two at a time, for the whole account (Auth0 docs; text of an older version)', async () => {
      standIn.controls.change({ importUsersPerSecond: 0 });
      const running = [await importUsers(one('a@example.com')), await importUsers(one('b@example.com'))];
      const third = await importUsers(one('c@example.com'));
      expect(third.status).to.equal(429);
      expect(third.body.message).to.equal(
        'There are 2 active import users jobs, please wait until some of them are finished and try again',
      );
      const pending = (await call('GET', `jobs/${running[0]!.body.id}`)).body;
      expect(pending).to.include({ status: 'pending', percentage_done: 0 });
      standIn.controls.change({ importUsersPerSecond: 2_000 });
      for (const job of running) expect((await whenDone(job)).status).to.equal('completed');
      expect((await importUsers(one('c@example.com'))).status).to.equal(202);
    });

    it('fail after two hours (Auth0 docs, "Bulk user imports")', async () => {
      standIn.controls.change({ importUsersPerSecond: 0 });
      const made = await importUsers(one('late@example.com'));
      standIn.controls.advanceClock(2 * HOUR_MS);
      const job = (await call<Job>('GET', `jobs/${made.body.id}`)).body;
      expect(job.status).to.equal('failed');
      const { body } = await errorsOf(job);
      expect(body).to.include({ id: job.id, status: 'failed' }).and.to.have.property('status_details');
    });

    it('are forgotten after a day', async () => {
      const done = await whenDone(await importUsers(one('ann@example.com')));
      standIn.controls.advanceClock(22 * HOUR_MS);
      expect((await errorsOf(done)).status).to.equal(200);
      standIn.controls.advanceClock(2 * HOUR_MS);
      token = await operatorToken(standIn);
      expect((await errorsOf(done)).status).to.equal(404);
      expect((await call('GET', `jobs/${done.id}`)).status).to.equal(404);
    });

    it('fail as a whole for what is no list of users', async () => {
      const done = await whenDone(await importUsers('{"email": '));
      expect(done.status).to.equal('failed');
    });

    it('need a form, a file and a connection', async () => {
      const json = await call('POST', 'jobs/users-imports', { connection_id: connectionId });
      expect(json.status).to.equal(415);
      const elsewhere = await importUsers(one('a@example.com'), { connection_id: 'con_0000000000000000' });
      expect(elsewhere.status).to.equal(400);
      expect(elsewhere.body).to.have.property('errorCode', 'inexistent_connection');
    });

    it('go on after a restart, with nobody twice', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'stand-in-jobs-'));
      const storeFile = join(folder, 'state.jsonl');
      await standIn.close();
      standIn = await startStandIn({ storeFile });
      token = await operatorToken(standIn);
      connectionId = standIn.store.connections.first('name', CONNECTION)!.id;
      standIn.controls.change({ importUsersPerSecond: 20 });
      const users = Array.from({ length: 200 }, (_, index) => ({ email: `user-${index}@example.com` }));
      const made = await importUsers(users);
      while (((await call<Job>('GET', `jobs/${made.body.id}`)).body.summary?.inserted ?? 0) < 5);
      await standIn.close();
      standIn = await startStandIn({ storeFile });
      const job = () => standIn.store.jobs.get(made.body.id)!;
      expect(job().summary!.inserted).to.be.within(5, 199);
      while (job().status === 'pending') await nextTurn();
      expect(job().summary).to.deep.equal({ failed: 0, updated: 0, inserted: 200, total: 200 });
      await standIn.close();
      await rm(folder, { recursive: true });
      standIn = await startStandIn();
    });
  });

  describe('users-exports', () => {
    const fetched = async ({ body }: Answered<Job>): Promise<string[]> => {
      const { location } = (await call<{ location: string }>('GET', `jobs/${body.id}`)).body;
      const file = Buffer.from(await (await fetch(location)).arrayBuffer());
      return gunzipSync(file).toString().trimEnd().split('\n');
    };

    it('hold the fields that were asked for, under the names that were asked for (recorded in form)', async () => {
      const made = await call<Job>('POST', 'jobs/users-exports', {
        connection_id: connectionId,
        format: 'json',
        limit: 5,
        fields: [{ name: 'email', export_as: 'mail' }, { name: 'identities[0].connection' }],
      });
      expect([made.status, made.body.status]).to.deep.equal([200, 'pending']);
      expect((await fetched(made)).map((line) => JSON.parse(line) as unknown)).to.deep.equal([
        { mail: 'ann@example.com', 'identities[0].connection': CONNECTION },
      ]);
    });

    it('or CSV', async () => {
      await call('PATCH', 'users/auth0%7Cann', { name: 'Ann, "the first"' });
      const made = await call<Job>('POST', 'jobs/users-exports', {
        format: 'csv',
        fields: [{ name: 'user_id' }, { name: 'name' }],
      });
      expect(await fetched(made)).to.include.members(['user_id,name', 'auth0|ann,"Ann, ""the first"""']);
    });
  });

  it('verification-email is a job too (recorded)', async () => {
    const made = await call('POST', 'jobs/verification-email', { user_id: 'auth0|ann' });
    expect(made.status).to.equal(201);
    expect(made.body).to.include({ type: 'verification_email', status: 'pending' });
    expect((await call('GET', `jobs/${String(made.body['id'])}`)).body['status']).to.equal('completed');
    expect((await call('POST', 'jobs/verification-email', { user_id: 'auth0|nobody' })).status).to.equal(400);
  });

  describe('tickets', () => {
    const ticket = async (kind: string, body: object) =>
      call<{ ticket: string }>('POST', `tickets/${kind}`, body);

    it('change a password, once, and lead on (recorded in form)', async () => {
      const made = await ticket('password-change', {
        user_id: 'auth0|ann',
        result_url: 'https://app.example/done?from=mail',
        mark_email_as_verified: true,
        includeEmailInRedirect: true,
      });
      expect(made.status).to.equal(201);
      expect(made.body.ticket).to.match(/\/u\/reset-password\?ticket=\w+#$/);
      expect(await (await fetch(made.body.ticket)).text()).to.contain('name="password"');
      const send = (password: string) =>
        fetch(made.body.ticket, {
          method: 'POST',
          body: new URLSearchParams({ password }),
          redirect: 'manual',
        });
      const weak = await send('weak');
      expect([weak.status, await weak.text()].join())
        .to.contain('400')
        .and.to.contain('Password is too weak');
      const done = await send('another horse battery');
      expect(done.headers.get('location')).to.equal(
        'https://app.example/done?from=mail&success=true&email=ann%40example.com',
      );
      expect((await send('yet another horse')).status).to.equal(400);
      const tokens = await signIn(standIn, { scope: 'openid', password: 'another horse battery' });
      expect(tokens).to.have.property('access_token');
      expect(
        await signIn(standIn, { scope: 'openid', password: PASSWORD }).catch((error: Error) => error.name),
      ).to.equal('EndedOnPage');
    });

    it('name the user by address and connection, too (specified)', async () => {
      const named = await ticket('password-change', {
        email: 'Ann@example.com',
        connection_id: connectionId,
      });
      expect(named.status).to.equal(201);
      expect((await ticket('password-change', { email: 'ann@example.com' })).status).to.equal(400);
      expect((await ticket('password-change', { user_id: 'auth0|nobody' })).status).to.equal(404);
    });

    it('verify an address', async () => {
      await call('PATCH', 'users/auth0%7Cann', { email_verified: false });
      const made = await ticket('email-verification', { user_id: 'auth0|ann' });
      expect((await fetch(made.body.ticket)).status).to.equal(200);
      expect((await call('GET', 'users/auth0%7Cann')).body['email_verified']).to.equal(true);
    });

    it('run out', async () => {
      const made = await ticket('email-verification', { user_id: 'auth0|ann', ttl_sec: 60 });
      standIn.controls.advanceClock(60_000);
      expect((await fetch(made.body.ticket)).status).to.equal(400);
    });
  });
});
