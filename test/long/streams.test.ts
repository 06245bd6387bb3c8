/** Streams that outlive their credential, and exports that break off or are not read. */
import { expect } from 'chai';
import { aUserOf } from '../http/a-user-of.ts';
import { LINES, measureOf, openStream, watchAtBoth } from '../http/open-stream.ts';
import { aLargeExport, aPausedImport, LARGE_EXPORT_LINES } from '../http/things-to-stream.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Long enough for streams to be opened on a busy machine. */
const CREDENTIAL_SECONDS = 8;
/** Far more than the second that it may take. */
const SOON_MS = 10_000;

describe('streams that last', () => {
  let path: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    path = await aPausedImport(await apiKey('acme'));
  });
  after(async () => {
    await call('POST', `${path}/cancel`, { as: await apiKey('acme') });
  });

  const scopes = ['read:user_imports'];
  const expiring: [string, string, (endsAt: number) => Promise<string>][] = [
    [
      'API key',
      'api_key_expired',
      async (endsAt) => (await newApiKey('acme', { scopes, expires_at: new Date(endsAt).toISOString() })).as,
    ],
    ['token', 'invalid_token', async () => (await aUserOf('acme', ['admin'], CREDENTIAL_SECONDS)).as],
  ];
  for (const [what, code, get] of expiring) {
    it(`end when the ${what} of their caller expires`, async () => {
      const endsAt = Date.now() + CREDENTIAL_SECONDS * 1000;
      const streams = await watchAtBoth(path, await get(endsAt));
      expect(await Promise.all(streams.map(({ ended }) => ended))).to.deep.equal(['whole', 'whole']);
      // A token ends with a whole second.
      expect(Date.now()).to.be.within(endsAt - 1_000, endsAt + SOON_MS);
      for (const stream of streams) expect(stream.reason()?.code, stream.text()).to.equal(code);
    });
  }

  it('and are exports break off visibly', async () => {
    const rows = await aLargeExport(await apiKey('acme'));
    for (const accept of [LINES, 'text/csv']) {
      const { as, path: own } = await newApiKey('acme', { scopes });
      const whole = await openStream(rows, { as, accept });
      expect(await whole.ended).to.equal('whole');
      expect(whole.text().trimEnd().split('\n').length).to.be.at.least(LARGE_EXPORT_LINES);
      const unread = await openStream(rows, { as, accept }, true);
      expect((await call('DELETE', own, { as: await user('acme') })).status).to.equal(204);
      await until(async () => (await measureOf('trivium_open_streams')) === 0);
      unread.resume();
      expect(await unread.ended).to.equal('broken');
      expect(unread.text().length).to.be.below(whole.text().length);
      expect(unread.text()).to.not.include('invalid_api_key');
    }
  });

  it('and are not read are closed in time; one on which nothing is said is not', async () => {
    const { startApi, api } = await world();
    const idle = await startApi('api-idle', { STREAM_IDLE_SECONDS: '1', PUBLIC_URL: api });
    const at = idle.url;
    const rows = await aLargeExport(await apiKey('acme'));
    const { as } = await newApiKey('acme', { scopes });
    const events = await openStream(`${path}/events`, { as, at });
    const unread = await openStream(rows, { as, at, accept: LINES }, true);
    await until(async () => (await measureOf('trivium_streams_cut_off_total{reason="not_read"}', at)) === 1);
    expect(await measureOf('trivium_open_streams', at)).to.equal(1);
    unread.resume();
    expect(await unread.ended).to.equal('broken');
    expect(events.text()).to.include('event: import');
    events.leave();
    await idle.stop();
  });
});
