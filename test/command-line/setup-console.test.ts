/** The application of the console that `trivium setup --console` makes, and keeps. */
import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { AUDIENCE, SetupAccount, type Body } from './setup-account.ts';

describe('the console of an account', function () {
  this.timeout(60_000);
  let account: SetupAccount;
  beforeEach(async () => (account = await SetupAccount.start()));
  afterEach(() => account.close());

  const applications = () =>
    [...account.standIn.store.clients.values()].filter(
      ({ app_type }) => app_type === 'spa',
    ) as unknown as Body[];

  it('is made where it is asked for, as a public client with the addresses of the API', async () => {
    await account.run();
    expect(applications()).to.deep.equal([]);
    expect(account.environment('api.env')).to.not.have.property('CONSOLE_CLIENT_ID');
    const { ending } = await account.run({ console: true });
    expect(ending).to.equal('done');
    const [made, ...others] = applications();
    expect(others).to.deep.equal([]);
    expect(made).to.deep.include({
      callbacks: [`${AUDIENCE}/console`, `${AUDIENCE}/docs`],
      web_origins: [AUDIENCE],
      allowed_origins: [AUDIENCE],
      allowed_logout_urls: [`${AUDIENCE}/console`, `${AUDIENCE}/docs`],
      client_metadata: { kind: 'console' },
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      organization_usage: 'allow',
    });
    expect(made!['refresh_token']).to.include({ rotation_type: 'rotating', expiration_type: 'expiring' });
    expect(account.environment('api.env')['CONSOLE_CLIENT_ID']).to.equal(made!['client_id']);
    expect(account.environment('workers.env')).to.not.have.property('CONSOLE_CLIENT_ID');
  });

  it('is planned once, and is remembered without the option', async () => {
    await account.run({ console: true });
    const before = JSON.stringify(applications());
    for (const options of [{ console: true }, {}]) {
      const { printed } = await account.run(options);
      expect((JSON.parse(printed) as Body)['changes']).to.deep.equal([]);
      expect((await account.checked(options)).ending).to.equal('done');
    }
    expect(JSON.stringify(applications())).to.equal(before);
  });

  const drifts: [what: string, change: object, found: RegExp][] = [
    ['without a callback', { callbacks: [`${AUDIENCE}/docs`] }, /add \S+\/console to callbacks/],
    ['without its mark', { client_metadata: { kind: null } }, /set its metadata kind to console/],
    [
      'with refresh tokens that do not rotate',
      { refresh_token: { rotation_type: 'non-rotating', expiration_type: 'non-expiring' } },
      /rotate its refresh tokens/,
    ],
  ];
  for (const [what, change, found] of drifts)
    it(`is found and put right: ${what}`, async () => {
      await account.run({ console: true });
      await account.call('PATCH', `clients/${applications()[0]!['client_id']}`, change);
      const { ending, changes } = await account.checked();
      expect(ending).to.equal('drift');
      expect(changes.map((one) => one['what']).join()).to.match(found);
      await account.run();
      expect((await account.checked()).ending).to.equal('done');
      expect(applications()).to.have.length(1);
    });

  it('keeps addresses that somebody has added', async () => {
    await account.run({ console: true });
    const id = applications()[0]!['client_id'] as string;
    const more = 'http://localhost:5173/console';
    await account.call('PATCH', `clients/${id}`, { callbacks: [more] });
    await account.run();
    expect(applications()[0]!['callbacks']).to.deep.equal([more, `${AUDIENCE}/console`, `${AUDIENCE}/docs`]);
  });

  it('is found by its mark where the files are gone, and is not made again', async () => {
    await account.run({ console: true });
    const id = applications()[0]!['client_id'] as string;
    rmSync(account.folder, { recursive: true });
    await account.run({ console: true, newKeys: true });
    expect(applications().map(({ client_id }) => client_id as string)).to.deep.equal([id]);
    expect(account.environment('api.env')['CONSOLE_CLIENT_ID']).to.equal(id);
  });
});
