/** `trivium setup --deploy-cli`: imported by auth0-deploy-cli, unmodified, into an account, which then is as Trivium needs it. */
import { expect } from 'chai';
import { contentOf, type Body, type SetupAccount } from '../../command-line/setup-account.ts';
import { DeployCliAccount, IMPORT_MS } from './deploy-cli.ts';

describe('trivium setup --deploy-cli', () => {
  let own: DeployCliAccount;
  let account: SetupAccount;

  before(async () => {
    own = await DeployCliAccount.start();
    account = own.account;
  });
  after(() => own?.close());

  it('makes an account as Trivium needs it, with nothing of others changed', async function () {
    this.timeout(IMPORT_MS);
    const theirs = await account.plantAction('Theirs');
    await account.call('PATCH', 'actions/triggers/post-login/bindings', {
      bindings: [{ ref: { type: 'action_id', value: theirs }, display_name: 'Theirs' }],
    });
    const key = { name: 'A key of acme', app_type: 'non_interactive', client_metadata: { kind: 'tenant' } };
    const { client_id } = await account.call('POST', 'clients', key);
    const grant = { client_id, audience: `${account.standIn.url}api/v2/`, scope: ['read:users'] };
    await account.call('POST', 'client-grants', grant);
    const others = () =>
      Promise.all([
        account.call('GET', `clients/${client_id}`),
        account.call('GET', `client-grants?client_id=${client_id}`),
        account.call('GET', `actions/actions/${theirs}`),
      ]);
    const before = JSON.stringify(await others());

    const folder = account.path('code');
    const written = await own.setup('--deploy-cli', folder, '--new-keys');
    expect(written.code, written.stderr).to.equal(0);
    expect(JSON.stringify(await contentOf(account))).to.not.include('Trivium ');
    await own.run(folder, 'import', '--input_file', 'tenant.yaml');

    const { code, stdout } = await own.setup('--check', '--json');
    const { changes, findings } = JSON.parse(stdout) as { changes: Body[]; findings: Body[] };
    expect([changes, findings]).to.deep.equal([[], []]);
    expect(code).to.equal(0);
    expect(JSON.stringify(await others())).to.equal(before);
    const { bindings } = await account.call('GET', 'actions/triggers/post-login/bindings');
    expect(bindings.map(({ display_name }: Body) => display_name)).to.deep.equal([
      'Theirs',
      'Trivium claims (sign-in)',
    ]);
  });
});
