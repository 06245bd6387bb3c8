/** The event stream that `trivium setup --events` makes, and keeps. */
import { expect } from 'chai';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { AUDIENCE, SetupAccount, type Body } from './setup-account.ts';

const ENDPOINT = `${AUDIENCE}/v1/auth0/events`;

describe('the event stream of an account', function () {
  this.timeout(60_000);
  let account: SetupAccount;
  beforeEach(async () => (account = await SetupAccount.start()));
  afterEach(() => account.close());

  const streams = () => [...account.standIn.store.eventStreams.values()] as unknown as Body[];
  const ours = () =>
    streams().find(({ destination }) => String(destination.configuration.webhook_endpoint) === ENDPOINT);
  const tokenOf = (stream: Body | undefined) =>
    stream?.['destination'].configuration.webhook_authorization.token as string;

  it('is made where it is asked for, with a token that only its owner can read and nothing prints', async () => {
    await account.run();
    expect(streams()).to.deep.equal([]);
    const { printed, said, ending } = await account.run({ events: true });
    expect(ending).to.equal('done');
    const token = account.read('events.token').trim();
    expect(token).to.match(/^[\w+/]{43}=$/);
    expect(statSync(join(account.folder, 'events.token')).mode & 0o777).to.equal(0o600);
    expect(printed + said).not.to.include(token);
    expect(account.environment('api.env')['AUTH0_EVENTS_TOKEN_FILE']).to.equal(
      join(account.folder, 'events.token'),
    );
    expect(account.environment('workers.env')).not.to.have.property('AUTH0_EVENTS_TOKEN_FILE');
    expect(ours()).to.deep.include({ status: 'enabled' });
    expect(tokenOf(ours())).to.equal(token);
    expect(String(ours()!['name'])).not.to.include(token);
  });

  it('is planned once, and is remembered without the option', async () => {
    await account.run({ events: true });
    const before = JSON.stringify(streams());
    for (const options of [{ events: true }, {}]) {
      const { printed } = await account.run(options);
      expect((JSON.parse(printed) as Body)['changes']).to.deep.equal([]);
      expect((await account.checked(options)).ending).to.equal('done');
    }
    expect(JSON.stringify(streams())).to.equal(before);
  });

  const drifts: [what: string, change: object, found: RegExp][] = [
    ['disabled', { status: 'disabled' }, /enable it/],
    [
      'without a subscription',
      { subscriptions: [{ event_type: 'user.created' }] },
      /subscribe to user\.updated, user\.deleted/,
    ],
    [
      'with another address',
      {
        destination: {
          type: 'webhook',
          configuration: {
            webhook_endpoint: 'https://old.example/v1/auth0/events',
            webhook_authorization: { method: 'bearer', token: 'old' },
          },
        },
      },
      /deliver to https:\/\/api\.setup\.example\/v1\/auth0\/events, not to https:\/\/old\.example/,
    ],
  ];
  for (const [what, change, found] of drifts)
    it(`is found and put right: ${what}`, async () => {
      await account.run({ events: true });
      const [stream] = streams();
      await account.call('PATCH', `event-streams/${stream!['id']}`, change);
      const { ending, changes } = await account.checked();
      expect(ending).to.equal('drift');
      expect(changes.map((one) => one['what']).join()).to.match(found);
      await account.run();
      expect((await account.checked()).ending).to.equal('done');
      expect(streams()).to.have.length(1);
      expect(tokenOf(ours())).to.equal(account.read('events.token').trim());
    });

  it('gets the first token of the file, also after a rotation', async () => {
    await account.run({ events: true });
    const [old, next] = [account.read('events.token').trim(), randomBytes(32).toString('base64')];
    writeFileSync(join(account.folder, 'events.token'), `${next}\n${old}\n`);
    const { changes } = await account.checked();
    expect(changes.map(({ what }) => what)).to.deep.equal(['deliver with the token of the file']);
    await account.run();
    expect(tokenOf(ours())).to.equal(next);
    expect((await account.checked()).ending).to.equal('done');
  });

  it('is made beside those of others, which stay as they are', async () => {
    const configuration = {
      webhook_endpoint: 'https://other.example/hook',
      webhook_authorization: { method: 'bearer', token: 'x' },
    };
    const destination = { type: 'webhook', configuration };
    for (const name of ['Trivium events of old', 'something else'])
      await account.call('POST', 'event-streams', { name, subscriptions: [], destination });
    const before = JSON.stringify(streams());
    await account.run({ events: true });
    expect(JSON.stringify(streams().slice(0, 2))).to.equal(before);
    expect(ours()).to.not.equal(undefined);
    const { ending, findings } = await account.checked();
    expect(ending).to.equal('done');
    expect(findings.map(({ item }) => item)).to.include('event stream');
  });

  it('is compared without files, but for the token', async () => {
    await account.run({ events: true });
    const elsewhere = { folder: account.path('nothing-here') };
    expect((await account.checked({ events: true, ...elsewhere })).ending).to.equal('done');
    const [stream] = streams();
    await account.call('PATCH', `event-streams/${stream!['id']}`, { status: 'disabled' });
    expect((await account.checked({ events: true, ...elsewhere })).ending).to.equal('drift');
  });

  it('needs scopes of its own, which are named before anything is done', async () => {
    const { output } = await account
      .ended(['--scopes', '--events'])
      .then((ended) => ({ output: JSON.stringify(ended) }));
    for (const scope of ['read', 'create', 'update']) expect(output).to.include(`${scope}:event_streams`);
    account.token = await account.tokenWith('read:clients');
    const refused = await account.run({ events: true }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(refused).to.include('create:event_streams');
    const without = await account.run().then(
      () => '',
      (error: Error) => error.message,
    );
    expect(without).to.include('read:actions').and.not.include('event_streams');
  });
});
