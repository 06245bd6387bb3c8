import { createHash, randomBytes } from 'node:crypto';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, CALLBACK, PASSWORD, postToken } from './account.ts';
import { CookieJar, signInByForm } from './sign-in-by-form.ts';

export interface Tokens {
  access_token: string;
  id_token?: string;
  refresh_token?: string;
  scope?: string;
}

export interface SignInAsSpa {
  scope: string;
  audience?: string;
  email?: string;
  password?: string;
  /** One person's cookies over several sign-ins. */
  cookies?: CookieJar;
}

/** The way of the seeded single-page application to a code, or to an error. */
export async function authorize(
  standIn: StandIn,
  { scope, audience, email, password, cookies }: SignInAsSpa,
): Promise<{ back: URLSearchParams; verifier: string }> {
  const verifier = randomBytes(32).toString('base64url');
  const authorizeUrl = new URL('authorize', standIn.url);
  authorizeUrl.search = new URLSearchParams({
    client_id: 'spa',
    response_type: 'code',
    redirect_uri: CALLBACK,
    audience: audience ?? AUDIENCE,
    scope,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const { searchParams: back } = await signInByForm({
    authorizeUrl,
    email: email ?? 'ann@example.com',
    password: password ?? PASSWORD,
    cookies: cookies ?? new CookieJar(),
  });
  return { back, verifier };
}

/** The seeded single-page application's way to tokens: code and PKCE, with Ann at the browser unless told otherwise. */
export async function signIn(standIn: StandIn, how: SignInAsSpa): Promise<Tokens> {
  const { back, verifier } = await authorize(standIn, how);
  const { body } = await postToken(standIn, {
    grant_type: 'authorization_code',
    client_id: 'spa',
    code: back.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
  return body as unknown as Tokens;
}
