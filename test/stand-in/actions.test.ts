/** Actions, their versions and their places in triggers, as recorded. */
import { expect } from 'chai';
import type { ManagementClient } from 'auth0';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, operatorToken, startStandIn } from './account.ts';
import { managementClient } from './management-client.ts';

const CODE = 'exports.onExecutePostLogin = async () => {};';
const TRIGGERS = [{ id: 'post-login', version: 'v3' }];
const BINDINGS = 'actions/triggers/post-login/bindings';

interface Binding {
  id: string;
  display_name: string;
  action: { id: string };
}

describe('stand-in: Actions', () => {
  let standIn: StandIn;
  let sdk: ManagementClient;
  let token: string;

  before(async () => {
    standIn = await startStandIn();
    sdk = managementClient(standIn);
    token = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, token, method, path, body);
  const create = async (name: string, more: object = {}): Promise<string> => {
    const { body } = await call('POST', 'actions/actions', {
      name,
      supported_triggers: TRIGGERS,
      code: CODE,
      ...more,
    });
    return String(body['id']);
  };
  const bind = (ids: readonly string[]) =>
    call<{ bindings: Binding[] }>('PATCH', BINDINGS, {
      bindings: ids.map((value) => ({ ref: { type: 'action_id', value } })),
    });
  const bound = async () => {
    const { body } = await call<{ bindings: Binding[] }>('GET', BINDINGS);
    return body.bindings.map(({ action }) => action.id);
  };

  it('are made, built, deployed, bound and deleted through the auth0 SDK', async () => {
    const secrets = [{ name: 'key', value: 'hidden' }];
    const made = await sdk.actions.create({
      name: 'Through the SDK',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: CODE,
      secrets,
    });
    const id = made.id!;
    expect(made).to.deep.include({ status: 'pending', runtime: 'node22', all_changes_deployed: false });
    expect(JSON.stringify(made)).not.to.include('hidden');
    expect(await sdk.actions.get(id)).to.include({ status: 'built' });
    expect(await sdk.actions.deploy(id)).to.include({ number: 1, deployed: false });
    const deployed = await sdk.actions.get(id);
    expect(deployed.all_changes_deployed).to.equal(true);
    expect(deployed.deployed_version).to.include({ number: 1, deployed: true, code: CODE });
    await sdk.actions.triggers.bindings.updateMany('post-login', {
      bindings: [{ ref: { type: 'action_id', value: id }, display_name: 'Mine' }],
    });
    const { data } = await sdk.actions.triggers.bindings.list('post-login');
    expect(data.map((one) => one.display_name)).to.deep.equal(['Mine']);
    await sdk.actions.delete(id, { force: true });
    expect(await bound()).to.deep.equal([]);
    expect((await call('GET', `actions/actions/${id}`)).status).to.equal(404);
  });

  it('cannot be deployed before they are built', async () => {
    standIn.controls.change({ actionBuildMs: 60_000 });
    const id = await create('Slowly built');
    expect((await call('GET', `actions/actions/${id}`)).body).to.include({ status: 'building' });
    const { status, body } = await call('POST', `actions/actions/${id}/deploy`);
    expect([status, body['message']]).to.deep.equal([
      400,
      "A draft must be in the 'built' state before it can be deployed.",
    ]);
    standIn.controls.advanceClock(60_000);
    expect((await call('POST', `actions/actions/${id}/deploy`)).status).to.equal(200);
    standIn.controls.change({ actionBuildMs: 0 });
  });

  it('keep what is deployed while the draft changes, and go back to it', async () => {
    const id = await create('Changed', { deploy: true });
    const changed = await call('PATCH', `actions/actions/${id}`, { code: '// new' });
    expect(changed.body).to.deep.include({ code: '// new', all_changes_deployed: false });
    expect(changed.body['deployed_version']).to.include({ code: CODE });
    await call('POST', `actions/actions/${id}/deploy`);
    const { body } = await call<{ versions: { id: string; number: number; deployed: boolean }[] }>(
      'GET',
      `actions/actions/${id}/versions`,
    );
    expect(body.versions.map(({ number, deployed }) => [number, deployed])).to.deep.equal([
      [2, true],
      [1, false],
    ]);
    const first = body.versions[1]!.id;
    const back = await call('POST', `actions/actions/${id}/versions/${first}/deploy`);
    expect(back.body).to.include({ number: 3, code: CODE });
    expect((await call('GET', `actions/actions/${id}`)).body).to.include({
      code: '// new',
      all_changes_deployed: false,
    });
  });

  it('keep the value of a secret that is sent without one', async () => {
    const id = await create('Secret', { secrets: [{ name: 'key', value: 'first' }] });
    await call('PATCH', `actions/actions/${id}`, {
      secrets: [{ name: 'key' }, { name: 'other', value: 'x' }],
    });
    expect(standIn.store.actions.get(id)?.secrets.map(({ value }) => value)).to.deep.equal(['first', 'x']);
  });

  it('are bound in the order of the list, which replaces the one before', async () => {
    const [one, two] = [await create('One', { deploy: true }), await create('Two', { deploy: true })];
    const before = await bind([one, two]);
    expect(await bound()).to.deep.equal([one, two]);
    const after = await bind([two, one]);
    expect(await bound()).to.deep.equal([two, one]);
    // What was bound stays the same binding.
    expect(after.body.bindings.map(({ id }) => id)).to.deep.equal(
      before.body.bindings.map(({ id }) => id).reverse(),
    );
    await bind([two]);
    expect(await bound()).to.deep.equal([two]);
    await bind([]);
  });

  it('are not bound undeployed, unknown or to another trigger, and the list stays as it was', async () => {
    const [deployed, draft] = [await create('Deployed', { deploy: true }), await create('Draft')];
    await bind([deployed]);
    expect((await bind([draft])).status).to.equal(400);
    expect((await bind(['00000000-0000-4000-8000-000000000000'])).status).to.equal(404);
    const elsewhere = await call('PATCH', 'actions/triggers/credentials-exchange/bindings', {
      bindings: [{ ref: { type: 'action_id', value: deployed } }],
    });
    expect(elsewhere.status).to.equal(400);
    expect((await call('GET', 'actions/triggers/unknown/bindings')).status).to.equal(400);
    expect(await bound()).to.deep.equal([deployed]);
  });

  it('cannot be deleted while they are bound', async () => {
    const id = await create('Bound', { deploy: true });
    await bind([id]);
    expect((await call('DELETE', `actions/actions/${id}`)).status).to.equal(400);
    await bind([]);
    expect((await call('DELETE', `actions/actions/${id}`)).status).to.equal(204);
    expect(standIn.store.actionVersions.count('action', id)).to.equal(0);
  });

  it('are listed in pages that leave out what is zero', async () => {
    await create('Listed once');
    const named = await call('GET', 'actions/actions?actionName=Listed%20once');
    expect(named.body).to.include({ total: 1, per_page: 50 }).and.not.have.property('page');
    const beyond = await call('GET', 'actions/actions?page=9&per_page=100');
    expect(beyond.body).to.deep.equal({ actions: [], page: 9, per_page: 100 });
  });
});
