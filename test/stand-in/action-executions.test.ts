import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { account, AUDIENCE, callManagement, operatorToken, postToken, startStandIn } from './account.ts';
import { signIn } from './sign-in-as-spa.ts';

interface Execution {
  id: string;
  trigger_id: string;
  status: string;
  results: { action_name: string; error?: { msg: string }; started_at: string; ended_at: string }[];
}

interface Event {
  details: { actions: { executions: string[] } };
}

/** Members and that the log names executions: Auth0's description of the API; 404 and failures of tests recorded in 2023. */
describe('stand-in: executions of Actions', () => {
  let standIn: StandIn;
  let token: string;

  before(async () => {
    standIn = await startStandIn({
      seed: {
        ...account(),
        actions: [
          {
            name: 'Counts',
            supported_triggers: [{ id: 'post-login', version: 'v3' }],
            code: 'exports.onExecutePostLogin = async (event, api) => api.accessToken.addScope("x");',
          },
          {
            name: 'Fails',
            supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }],
            code: 'exports.onExecuteCredentialsExchange = async () => { throw new Error("not today"); };',
          },
        ],
      },
    });
    token = await operatorToken(standIn);
  });
  after(() => standIn.close());

  async function executionsIn(type: string): Promise<string[]> {
    const { body } = await callManagement<Event[]>(standIn, token, 'GET', `logs?q=type:${type}`);
    return body.flatMap(({ details }) => details?.actions.executions ?? []);
  }

  async function execution(id: string | undefined): Promise<Execution> {
    return (await callManagement<Execution>(standIn, token, 'GET', `actions/executions/${id}`)).body;
  }

  it('are named in the log of a sign-in, and read by their id', async () => {
    await signIn(standIn, { scope: 'openid' });
    const [id] = await executionsIn('seacft');
    const { results, ...about } = await execution(id);
    expect(about).to.include({ id, trigger_id: 'post-login', status: 'final' });
    expect(results.map(({ action_name: name, error }) => [name, error])).to.deep.equal([
      ['Counts', undefined],
    ]);
  });

  it('tell of failures, which the log has as events of their own', async () => {
    const { status } = await postToken(standIn, {
      grant_type: 'client_credentials',
      client_id: 'key',
      client_secret: 'key-secret',
      audience: AUDIENCE,
    });
    expect(status).to.equal(403);
    const [id] = await executionsIn('actions_execution_failed');
    expect(await executionsIn('feccft')).to.deep.equal([id]);
    const { results } = await execution(id);
    expect(results[0]).to.deep.include({
      action_name: 'Fails',
      error: { id: 'invoke_error', msg: 'not today' },
    });
  });

  it('are 404 when unknown', async () => {
    const { status, body } = await callManagement(standIn, token, 'GET', 'actions/executions/none');
    expect([status, body['message']]).to.deep.equal([404, 'That execution does not exist.']);
  });

  it('of tests run the draft with the event that was sent, and keep nothing', async () => {
    const { body: created } = await callManagement(standIn, token, 'POST', 'actions/actions', {
      name: 'A draft',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: 'exports.onExecutePostLogin = async (event, api) => { if (event.user.email === "bad") throw new Error(event.secrets.word); api.access.deny(event.user.email); };',
      secrets: [{ name: 'word', value: 'refused' }],
    });
    const before = standIn.store.actionExecutions.size;
    const test = async (email: string) =>
      (
        await callManagement<{ payload: { stats: object } }>(
          standIn,
          token,
          'POST',
          `actions/actions/${String(created['id'])}/test`,
          { payload: { event: { user: { email }, client: {}, tenant: { id: 'x' } } } },
        )
      ).body;
    const { stats, ...done } = (await test('a@example.com')).payload;
    expect(done).to.deep.equal({ commands: [['access.deny', 'a@example.com']] });
    expect(stats).to.have.property('action_duration_ms');
    const failed = await test('bad');
    expect(failed.payload).to.have.nested.include({ 'error.message': 'refused', 'error.name': 'Error' });
    expect(standIn.store.actionExecutions.size).to.equal(before);
  });
});
