/** `trivium setup`, killed before each of its writes and after each of its requests, and run again. */
import { expect } from 'chai';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contentOf, SetupAccount } from '../../command-line/setup-account.ts';

const LONG_MS = 1_200_000;
/** With the parts that are optional. */
const OPTIONS = { thirdPartyRateLimit: '100', checkByWorkers: true, metadataDocuments: true };
const ALL_PARTS = ['--third-party-rate-limit', '100', '--check-by-workers', '--metadata-documents'];

type Moment = 'before' | 'after';

/** Passes requests on to the account, and kills who sends the one that is chosen. */
class KillingProxy {
  #seen = 0;
  #at: number | undefined;
  #moment: Moment = 'before';
  #kill = () => undefined as unknown;
  port = 0;
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://localhost:${(server.address() as AddressInfo).port}/`;
    server.on('request', (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      // What is killed before a read has done the same as after the request before it.
      const isCounted =
        url?.startsWith('/api/v2/') === true && (this.#moment === 'after' || method !== 'GET');
      const isChosen = isCounted && this.#seen++ === this.#at;
      if (isChosen && this.#moment === 'before') return void this.#kill();
      const passed = request({ port: this.port, host: 'localhost', method, path: url, headers }, (answer) => {
        if (isChosen) return void answer.resume().on('end', this.#kill);
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passed);
    });
  }

  static async start(): Promise<KillingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new KillingProxy(server);
  }

  /** @param at number of the request, from 0 */
  arm(at: number | undefined, moment: Moment, kill: () => unknown): void {
    [this.#seen, this.#at, this.#moment, this.#kill] = [0, at, moment, kill];
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('trivium setup that is killed', () => {
  let proxy: KillingProxy;
  before(async () => {
    proxy = await KillingProxy.start();
  });
  after(() => proxy.close());

  async function withAccount<T>(isForeign: boolean, use: (account: SetupAccount) => Promise<T>): Promise<T> {
    const account = await SetupAccount.start(proxy.url);
    proxy.port = account.standIn.port;
    try {
      if (isForeign) await plantOthers(account);
      return await use(account);
    } finally {
      await account.close();
    }
  }

  /** @returns whether it was killed, or ended before that request */
  async function kill(account: SetupAccount, at: number, moment: Moment): Promise<boolean> {
    const running = account.setUp(['--yes', ...ALL_PARTS]);
    // It takes a while until its first request.
    proxy.arm(at, moment, () => running.kill('SIGKILL'));
    const { code, stderr } = await running.ended;
    if (code !== null) expect(code, stderr).to.equal(0);
    proxy.arm(undefined, moment, () => undefined);
    return code === null;
  }

  const moments: [Moment, string, number][] = [
    ['before', 'at any write, before it takes effect', 13],
    ['after', 'at any request, after Auth0 has answered it', 40],
  ];
  const accounts: [string, boolean][] = [
    ['in an empty account', false],
    ['in an account with APIs, clients, Actions and bindings of others', true],
  ];
  for (const [where, isForeign] of accounts)
    for (const [moment, when, least] of moments)
      it(`${when}, and run again, ends in the same state, ${where}`, async function () {
        this.timeout(LONG_MS);
        const whole = await withAccount(isForeign, async (account) => {
          const { code, stderr } = await account.ended(['--yes', ...ALL_PARTS]);
          expect(code, stderr).to.equal(0);
          return contentOf(account);
        });
        let kills = 0;
        for (let isKilled = true; isKilled; kills += isKilled ? 1 : 0) {
          await withAccount(isForeign, async (account) => {
            isKilled = await kill(account, kills, moment);
            expect(await account.run(OPTIONS), `request ${kills}`).to.include({ ending: 'done' });
            expect(await contentOf(account), `request ${kills}`).to.deep.equal(whole);
            expect((await account.run(OPTIONS)).printed, `request ${kills}`).to.include('"changes":[]');
          });
        }
        expect(kills).to.be.at.least(least);
      });
});

/** What is left as it is, in its order. */
async function plantOthers(account: SetupAccount): Promise<void> {
  const audience = 'https://theirs.example';
  await account.call('POST', 'resource-servers', {
    identifier: audience,
    scopes: [{ value: 'read:theirs' }],
  });
  const { client_id } = await account.call('POST', 'clients', {
    name: 'Trivium workers',
    app_type: 'non_interactive',
  });
  await account.call('POST', 'client-grants', { client_id, audience, scope: ['read:theirs'] });
  const bindings = [];
  for (const name of ['First', 'Second'])
    bindings.push({
      ref: { type: 'action_id', value: await account.plantAction(name) },
      display_name: name,
    });
  await account.call('PATCH', 'actions/triggers/post-login/bindings', { bindings });
}
