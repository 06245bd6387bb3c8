import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, CONNECTION, operatorToken, PASSWORD, startStandIn } from './account.ts';

interface Event {
  log_id: string;
  type: string;
  description: string;
  user_id: string | null;
  user_name: string | null;
  connection_id: string | null;
  hostname: string | null;
  details: {
    request: { path: string; method: string; body: unknown; auth: object; query: object; channel: string };
    response: { statusCode: number; body: unknown };
  };
}

/** What its events hold: recorded in March, June and November 2023. */
describe('stand-in: the log of what happened to users', () => {
  let standIn: StandIn;
  let token: string;
  let userId: string;
  let start: string;

  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    start = (await events('per_page=1'))[0]!.log_id;
    const created = await callManagement(standIn, token, 'POST', 'users', {
      connection: CONNECTION,
      email: 'New@Example.com',
      password: PASSWORD,
    });
    userId = String(created.body['user_id']);
    await callManagement(standIn, token, 'PATCH', `users/${encodeURIComponent(userId)}`, { blocked: true });
    await callManagement(standIn, token, 'DELETE', `users/${encodeURIComponent(userId)}`);
  });
  after(() => standIn.close());

  async function events(query: string): Promise<Event[]> {
    return (await callManagement<Event[]>(standIn, token, 'GET', `logs?${query}`)).body;
  }

  it('is read from a checkpoint on, oldest first, a page at a time', async () => {
    const read: string[] = [];
    let from = start;
    for (let page = await events(`from=${from}&take=2`); page.length > 0;) {
      read.push(...page.map(({ type, description }) => `${type} ${description}`.trim()));
      from = page.at(-1)!.log_id;
      page = await events(`from=${from}&take=2`);
    }
    expect(read).to.deep.equal([
      'ss',
      'sapi Create a User',
      'sapi Update a User',
      `sdu user_id: ${userId}`,
      'sapi Delete a User',
    ]);
  });

  it('tells of an operation what was asked and answered', async () => {
    const [event] = await events(`q=${encodeURIComponent('type:sapi AND description:"Update a User"')}`);
    const { request, response } = event!.details;
    expect(request).to.deep.include({
      method: 'patch',
      path: `/api/v2/users/${encodeURIComponent(userId)}`,
      body: { blocked: true },
      channel: 'api',
      query: {},
    });
    expect(request.auth).to.have.keys('credentials', 'strategy', 'user');
    expect(response.statusCode).to.equal(200);
    expect(response.body).to.deep.include({ user_id: userId, blocked: true });
    expect(event).to.deep.include({ user_id: null, user_name: null, connection_id: null, hostname: null });
  });

  it('names the user that was created, and the one that was deleted', async () => {
    const found = await events(`q=${encodeURIComponent(`user_id:"${userId}"`)}`);
    expect(found.map(({ type, user_name: name }) => [type, name])).to.deep.equal([
      ['sdu', 'new@example.com'],
      ['ss', 'new@example.com'],
    ]);
    expect(found[0]!.connection_id).to.match(/^con_/);
  });

  it('holds no password and no secret', async () => {
    const { body } = await callManagement(standIn, token, 'POST', 'clients', {
      name: 'a client',
      client_metadata: { kind: 'kept' },
    });
    await callManagement(standIn, token, 'POST', 'actions/actions', {
      name: 'an action',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: '',
      secrets: [{ name: 'key', value: 'a-secret-value' }],
    });
    const text = JSON.stringify(await events('per_page=50'));
    for (const secret of [PASSWORD, String(body['client_secret']), 'a-secret-value'])
      expect(text).not.to.contain(secret);
    expect(text).to.contain('"password":"*****"').and.to.contain('"kind":"kept"');
  });

  it('shows one event by its id, and 404 for an unknown one', async () => {
    const [event] = await events('per_page=1');
    const shown = await callManagement(standIn, token, 'GET', `logs/${event!.log_id}`);
    expect(shown.body).to.deep.equal(event);
    expect((await callManagement(standIn, token, 'GET', 'logs/900')).status).to.equal(404);
  });
});
