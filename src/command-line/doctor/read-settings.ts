/** Where the API is, and who asks: from the files of `trivium setup`, or from the environment. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isLoopback } from '../api.ts';
import { exchange, type Environment } from '../setup/access-token.ts';
import { readEnvironment } from '../setup/environment-file.ts';
import { SetupFailure } from '../setup/failure.ts';
import { operatorToken } from '../setup/operator-token.ts';
import { refuseForeignFolder } from '../setup/private-file.ts';
import type { DoctorOptions } from './doctor.ts';

export interface Places {
  url: string;
  authority: string;
  audience: string;
  /** @throws SetupFailure when it is refused */
  operatorToken: () => Promise<string>;
  tenantKey: string | undefined;
}

/** @throws SetupFailure with the ending `usage` */
export function readPlaces(options: DoctorOptions, env: Environment): Places {
  const secret = env['OPERATOR_CLIENT_SECRET'];
  const folder = resolve(options.folder);
  const file = join(folder, 'operator.env');
  if (!secret && !existsSync(file))
    throw new SetupFailure('usage', [
      `${file} does not exist: \`trivium setup\` writes it. If it is elsewhere, name its --folder.`,
      '  Or set AUTHORITY_URL, AUDIENCE, OPERATOR_CLIENT_ID and OPERATOR_CLIENT_SECRET.',
    ]);
  if (!secret) refuseForeignFolder(folder);
  const { own, foreign } = secret ? { own: env, foreign: {} } : readEnvironment(file);
  const values: Environment = { ...own, ...foreign };
  const { AUTHORITY_URL: authority, AUDIENCE: audience, OPERATOR_CLIENT_ID: clientId } = values;
  if (!authority || !audience || !clientId)
    throw new SetupFailure('usage', ['AUTHORITY_URL, AUDIENCE and OPERATOR_CLIENT_ID are needed.']);
  return {
    url: apiUrl(options, env, audience),
    authority: new URL(authority).href,
    audience,
    operatorToken: () =>
      secret
        ? exchange(new URL(authority).href, audience, { client_id: clientId, client_secret: secret })
        : operatorToken(folder),
    tenantKey: tenantKey(options, env),
  };
}

function apiUrl({ url, allowHttp }: DoctorOptions, env: Environment, audience: string): string {
  const text = url ?? (env['TRIVIUM_URL'] || audience);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.search || parsed.hash)
    throw new SetupFailure('usage', ['--url must be the address of the API: https://api.example.com']);
  if (parsed.protocol === 'http:' && !isLoopback(parsed) && !allowHttp)
    throw new SetupFailure('usage', ['Tokens would be sent unencrypted: use https://, or --allow-http.']);
  return text.replace(/\/+$/, '');
}

function tenantKey({ tenant }: DoctorOptions, env: Environment): string | undefined {
  if (tenant === undefined) return undefined;
  const { TRIVIUM_CLIENT_ID: id, TRIVIUM_CLIENT_SECRET: secret } = env;
  if (!id || !secret)
    throw new SetupFailure('usage', [
      '--tenant needs a key of that tenant with the scope manage:api_keys, which makes the throw-away key:',
      '  set TRIVIUM_CLIENT_ID and TRIVIUM_CLIENT_SECRET. Without --tenant a throw-away tenant is made.',
    ]);
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
