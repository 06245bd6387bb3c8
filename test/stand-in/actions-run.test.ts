/** Actions of an account's own are run: what they decide shows in tokens, in users and at the application. */
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { account, AUDIENCE, postToken, startStandIn } from './account.ts';
import { authorize, signIn } from './sign-in-as-spa.ts';

const NS = 'https://claims.example.com';
const SIGN_IN = { scope: 'openid offline_access read:users' };

interface Written {
  trigger?: 'post-login' | 'credentials-exchange';
  body: string;
  secrets?: { name: string; value: string }[];
}

function actionOf({ trigger = 'post-login', body, secrets = [] }: Written, index: number) {
  const handler = trigger === 'post-login' ? 'onExecutePostLogin' : 'onExecuteCredentialsExchange';
  return {
    name: `Action ${index}`,
    supported_triggers: [{ id: trigger, version: trigger === 'post-login' ? 'v3' : 'v2' }],
    code: `exports.${handler} = async (event, api) => { ${body} };`,
    secrets,
  };
}

describe('stand-in: running Actions', () => {
  let standIn: StandIn | undefined;
  afterEach(() => standIn?.close());

  /** An account with these Actions, bound in this order. */
  async function accountWith(...actions: Written[]): Promise<StandIn> {
    return (standIn = await startStandIn({ seed: { ...account(), actions: actions.map(actionOf) } }));
  }
  const exchange = (at: StandIn) =>
    postToken(at, {
      grant_type: 'client_credentials',
      client_id: 'key',
      client_secret: 'key-secret',
      audience: AUDIENCE,
    });
  const refresh = (at: StandIn, refresh_token: string | undefined) =>
    postToken(at, { grant_type: 'refresh_token', client_id: 'spa', refresh_token: refresh_token ?? '' });
  const refusal = async (at: StandIn): Promise<unknown[]> => {
    const { back } = await authorize(at, SIGN_IN);
    return [back.get('error'), back.get('error_description')];
  };

  it('puts claims into access and id tokens, but none of a restricted name', async () => {
    const at = await accountWith({
      body: `
        api.accessToken.setCustomClaim('${NS}/plan', { name: 'gold', user: event.user.user_id });
        api.accessToken.setCustomClaim('roles', ['admin']);
        api.accessToken.setCustomClaim('${NS}/none', undefined);
        api.idToken.setCustomClaim('${NS}/client', event.client.name);
        api.idToken.setCustomClaim('sub', 'somebody');
        api.accessToken.removeScope('read:users');
        api.accessToken.addScope('extra:scope');`,
    });
    const tokens = await signIn(at, SIGN_IN);
    const claims = decodeJwt(tokens.access_token);
    expect(claims[`${NS}/plan`]).to.deep.equal({ name: 'gold', user: 'auth0|ann' });
    expect(claims).not.to.have.any.keys('roles', `${NS}/none`, `${AUDIENCE}/tenant_id`);
    expect(String(claims['scope']).split(' ')).to.include('extra:scope').and.not.include('read:users');
    const idClaims = decodeJwt(tokens.id_token ?? '');
    expect(idClaims).to.include({ [`${NS}/client`]: 'Single-page application', sub: 'auth0|ann' });
  });

  it('runs them in the order of their bindings, until one denies; metadata are kept all the same', async () => {
    const at = await accountWith(
      {
        body: `api.user.setAppMetadata('first', true); api.user.setUserMetadata('seen', event.stats.logins_count);`,
      },
      { body: `api.access.deny('Not on ' + typeof event.user.app_metadata.first + ' days.');` },
      { body: `api.user.setAppMetadata('third', true);` },
    );
    // What one changes, the next does not find.
    expect(await refusal(at)).to.deep.equal(['access_denied', 'Not on undefined days.']);
    const { app_metadata, user_metadata } = at.store.users.get('auth0|ann')!.profile;
    expect(app_metadata).to.include({ first: true, tenant_id: 'acme' }).and.not.have.property('third');
    expect(user_metadata).to.deep.equal({ seen: 1 });
  });

  const FAILURES: [what: string, body: string, message: RegExp][] = [
    ['throws', 'event.user.no.such', /^Cannot read properties of undefined \(reading 'such'\)$/],
    [
      'asks for what is not here',
      `api.multifactor.enable('any')`,
      /^api\.multifactor\.enable is not supported/,
    ],
    ['requires a package', `require('axios')`, /^require is not supported.*axios$/],
    ['reaches for the network', `await fetch('https://example.com')`, /^fetch is not supported/],
    ['reaches for the process', `process.exit()`, /^process is not defined$/],
    ['makes code of text', `(() => {}).constructor('return process')()`, /^Code generation from strings/],
    [
      'imports a file',
      `const { constructor: F } = await import('node:fs').catch((e) => e.constructor); F('return process')()`,
      /^Code generation from strings/,
    ],
    ['is no JavaScript', `for (`, /^Unexpected token/],
    ...['null', '{"commands":[null]}', '{'].map((text): [string, string, RegExp] => [
      `answers ${text}`,
      `JSON.stringify = () => '${text}'`,
      /^the Action answered something else than commands$/,
    ]),
  ];
  for (const [what, body, message] of FAILURES)
    it(`ends the sign-in with what is wrong with an Action that ${what}`, async () => {
      const [error, description] = await refusal(await accountWith({ body }));
      expect(error).to.equal('access_denied');
      expect(description).to.match(message);
    });

  const ENDLESS: [what: string, body: string][] = [
    ['loops', 'for (;;);'],
    ['loops later', 'await new Promise((done) => setTimeout(done, 1)); for (;;);'],
    ['never ends', 'await new Promise(() => {});'],
    ['takes all memory', 'const all = []; for (;;) all.push(new Array(100_000).fill(7));'],
  ];
  for (const [what, body] of ENDLESS)
    it(`stops an Action that ${what}, and goes on`, async () => {
      const at = await accountWith({ body }, { trigger: 'credentials-exchange', body: '' });
      at.controls.change({ actionTimeoutMs: 500 });
      expect((await refusal(at))[0]).to.equal('access_denied');
      at.controls.change({ actionTimeoutMs: 20_000 });
      expect((await exchange(at)).status).to.equal(200);
    });

  it('runs them for client credentials, which they deny with a code of theirs', async () => {
    const at = await accountWith({
      trigger: 'credentials-exchange',
      body: `
        if (event.accessToken.scope.length === 0) return api.access.deny('invalid_scope', 'Ask for something.');
        api.accessToken.setCustomClaim('${NS}/tenant', event.client.metadata.tenant_id + event.secrets.suffix);`,
      secrets: [{ name: 'suffix', value: '!' }],
    });
    const { body } = await exchange(at);
    expect(decodeJwt(String(body['access_token']))[`${NS}/tenant`]).to.equal('acme!');
    at.store.clientGrants.put({ ...[...at.store.clientGrants.by('client', 'key')][0]!, scope: [] });
    const denied = await exchange(at);
    expect([denied.status, denied.body]).to.deep.equal([
      400,
      { error: 'invalid_scope', error_description: 'Ask for something.' },
    ]);
  });

  it('runs them again with a refresh token, and gives the code what they decided at the sign-in', async () => {
    const at = await accountWith({
      body: `
        api.accessToken.setCustomClaim('${NS}/protocol', event.transaction.protocol);
        api.accessToken.setCustomClaim('${NS}/colour', event.user.app_metadata.colour);
        if (event.user.app_metadata.colour === 'black') api.access.deny('No.');`,
    });
    const paint = (colour: string): void => {
      const user = at.store.users.get('auth0|ann')!;
      at.store.users.put({ ...user, profile: { ...user.profile, app_metadata: { colour } } });
    };
    paint('red');
    const tokens = await signIn(at, SIGN_IN);
    expect(decodeJwt(tokens.access_token)).to.include({
      [`${NS}/protocol`]: 'oidc-basic-profile',
      [`${NS}/colour`]: 'red',
    });
    paint('blue');
    const { body } = await refresh(at, tokens.refresh_token);
    expect(decodeJwt(String(body['access_token']))).to.include({
      [`${NS}/protocol`]: 'oauth2-refresh-token',
      [`${NS}/colour`]: 'blue',
    });
    paint('black');
    expect((await refresh(at, String(body['refresh_token']))).status).to.equal(403);
  });

  it('runs what is deployed and bound, and nothing else', async () => {
    const at = await accountWith({ body: `api.accessToken.setCustomClaim('${NS}/version', 1);` });
    const versionOf = async (): Promise<unknown> =>
      decodeJwt((await signIn(at, SIGN_IN)).access_token)[`${NS}/version`];
    const [action] = [...at.store.actions.values()];
    at.store.actions.put({ ...action!, code: action!.code.replace('1)', '2)') });
    expect(await versionOf()).to.equal(1);
    at.store.triggerBindings.put({ trigger_id: 'post-login', bindings: [] });
    expect(await versionOf()).to.equal(undefined);
  });
});
