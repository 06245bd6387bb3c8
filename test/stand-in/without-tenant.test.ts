/** An application that customers share lets in nobody who belongs to none of them, as the account's Action has it. */
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { account, AUDIENCE, CALLBACK, CONNECTION, PASSWORD, postToken, startStandIn } from './account.ts';
import { CookieJar, signInByForm } from './sign-in-by-form.ts';

const DENIED = [
  'access_denied',
  'Your account belongs to no company here. Ask your administrator to add you.',
];

describe('an application that customers share', () => {
  let standIn: StandIn;
  before(async () => {
    const base = account();
    const [spa, ...others] = base.clients!;
    const someone = { connection: CONNECTION, password: PASSWORD };
    standIn = await startStandIn({
      seed: {
        ...base,
        connections: [{ name: CONNECTION, enabled_clients: ['spa', 'shared'], is_domain_connection: true }],
        clients: [
          spa!,
          ...others,
          { ...spa!, client_id: 'shared', client_metadata: { kind: 'shared_web_app' } },
        ],
        users: [
          ...base.users!.filter(({ connection }) => connection === CONNECTION),
          { ...someone, user_id: 'auth0|zoe', email: 'zoe@example.com' },
          { ...someone, user_id: 'auth0|noa', email: 'noa@example.com', app_metadata: { tenant_id: '' } },
          { ...someone, user_id: 'auth0|tim', email: 'tim@example.com', app_metadata: { tenant_id: 7 } },
        ],
      },
    });
  });
  after(() => standIn?.close());

  async function signIn(clientId: string, email: string, cookies = new CookieJar(), prompt?: string) {
    const verifier = randomBytes(32).toString('base64url');
    const authorizeUrl = new URL('authorize', standIn.url);
    authorizeUrl.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      audience: AUDIENCE,
      scope: 'openid offline_access',
      ...(prompt && { prompt }),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const { searchParams } = await signInByForm({ authorizeUrl, email, password: PASSWORD, cookies });
    const error = [searchParams.get('error'), searchParams.get('error_description')];
    return { error, code: searchParams.get('code'), verifier };
  }

  const exchange = (clientId: string, { code, verifier }: { code: string | null; verifier: string }) =>
    postToken(standIn, {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: code ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
  const refresh = (refresh_token: unknown) =>
    postToken(standIn, {
      grant_type: 'refresh_token',
      client_id: 'shared',
      refresh_token: String(refresh_token),
    });

  for (const email of ['zoe@example.com', 'noa@example.com', 'tim@example.com'])
    it(`denies ${email} with a sentence, silently too, and lets them in elsewhere`, async () => {
      const cookies = new CookieJar();
      expect((await signIn('spa', email, cookies)).code).to.be.a('string');
      expect((await signIn('shared', email, cookies, 'none')).error).to.deep.equal(DENIED);
      expect((await signIn('shared', email)).error).to.deep.equal(DENIED);
    });

  it('lets in users of one of them, until their tenant is removed', async () => {
    const first = await signIn('shared', 'ann@example.com');
    const { body } = await exchange('shared', first);
    const renewed = await refresh(body['refresh_token']);
    expect(renewed.status).to.equal(200);
    const { profile, ...ann } = standIn.store.users.get('auth0|ann')!;
    standIn.store.users.put({ ...ann, profile: { ...profile, app_metadata: {} } });
    try {
      expect((await refresh(renewed.body['refresh_token'])).status).to.be.oneOf([400, 403]);
      expect((await signIn('shared', 'ann@example.com')).error).to.deep.equal(DENIED);
    } finally {
      standIn.store.users.put({ ...ann, profile });
    }
  });
});
