/** Who is refused at each operation of the services, tried against a running deployment: from the declaration alone. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OperationDescription } from '../contract/load-contract.ts';
import type { Gateway } from '../gateway/load-gateway.ts';
import { parseJson } from '../json.ts';

/** Values of `Authorization`. */
export interface Credentials {
  /** A key of a tenant with every scope of the services, and with `manage:api_keys`. */
  apiKey: string;
  /** Of an administrator of that tenant. */
  admin: string;
  /** Of a user without a role but `member`. */
  member: string;
  /** Of an app with all scopes, for that administrator. */
  app: string;
  /** A key of another tenant. */
  otherKey: string;
}

export interface CheckResult {
  operation: string;
  what: string;
  /** undefined: as it must be. */
  wrong: string | undefined;
}

interface Answer {
  status: number;
  code: string | undefined;
  challenges: string;
  text: string;
}

type Ask = (operation: OperationDescription, fields: Record<string, string>) => Promise<Answer>;

/** Within this time a deleted key must be refused. */
const REVOKED_MS = 1_000;

/** Nothing of it reaches a service but reads without path parameters. */
export async function* checkServices(
  api: string,
  { contract, operations }: Gateway,
  credentials: Credentials,
): AsyncGenerator<CheckResult> {
  const ask: Ask = (operation, fields) => send(api, operation, fields);
  const without = await makeKey(api, credentials.apiKey, ['read:tenant']);
  try {
    for (const operation of contract.operations.values()) {
      if (!operations.has(operation.id)) continue;
      const isFinite = !operations.get(operation.id)?.isStream;
      const memberScopes = contract.roles.get('member') ?? [];
      for await (const [what, wrong] of checksOf(operation, {
        ask,
        isFinite,
        credentials,
        without,
        memberScopes,
      }))
        yield { operation: operation.id, what, wrong };
      yield {
        operation: operation.id,
        what: 'a deleted key',
        wrong: await afterDeletion(api, operation, ask, credentials),
      };
    }
  } finally {
    await deleteKey(api, credentials.apiKey, without);
  }
}

interface Tools {
  ask: Ask;
  /** Its answers end. */
  isFinite: boolean;
  credentials: Credentials;
  /** A key without any scope of a service. */
  without: string;
  memberScopes: readonly string[];
}

async function* checksOf(
  operation: OperationDescription,
  { ask, isFinite, credentials, without, memberScopes }: Tools,
): AsyncGenerator<[what: string, wrong: string | undefined]> {
  const { security } = operation;
  const expect = async (fields: Record<string, string>, status: number, ...codes: string[]) => {
    const answer = await ask(operation, fields);
    const isRight = answer.status === status && codes.includes(answer.code ?? '');
    return isRight
      ? undefined
      : `${answer.status} ${answer.code ?? ''} instead of ${status} ${codes.join(' or ')}`;
  };
  const nobody = await ask(operation, {});
  const challenges = [
    ...(security.has('user') || security.has('app') ? ['Bearer'] : []),
    ...(security.has('apiKey') ? ['Basic'] : []),
  ];
  const missing = challenges.filter((scheme) => !nobody.challenges.includes(scheme));
  yield [
    'no credential',
    nobody.status !== 401
      ? `${nobody.status} instead of 401`
      : missing.length > 0
        ? `no challenge ${missing.join(', ')}`
        : undefined,
  ];
  yield ['a credential that is none', await expect({ authorization: 'Bearer x' }, 401, 'invalid_token')];
  yield [
    'a key without its scopes',
    await expect(
      { authorization: without },
      403,
      ...(security.has('apiKey') ? ['insufficient_scope'] : ['caller_not_allowed']),
    ),
  ];
  const held = (security.get('user') ?? []).every((scope) => memberScopes.includes(scope));
  if (!held || !security.has('user'))
    yield [
      'a user without a role for it',
      await expect({ authorization: credentials.member }, 403, 'insufficient_role', 'caller_not_allowed'),
    ];
  for (const [scheme, authorization] of [
    ['user', credentials.admin],
    ['apiKey', credentials.apiKey],
    ['app', credentials.app],
  ] as const)
    if (!security.has(scheme))
      yield [
        `a caller of a kind that it is not open to (${scheme})`,
        await expect({ authorization }, 403, 'caller_not_allowed'),
      ];
  if (isFinite && operation.method === 'get' && security.has('apiKey') && !operation.path.includes('{'))
    yield ['a forged principal', await forged(operation, ask, credentials)];
}

/** A caller that claims to be another one is answered as if it had not. */
async function forged(
  operation: OperationDescription,
  ask: Ask,
  { apiKey, otherKey }: Credentials,
): Promise<string | undefined> {
  const own = await ask(operation, { authorization: otherKey });
  const [, tenant = ''] =
    /"tenant_id":"([^"]+)"/.exec(
      (await ask({ ...operation, path: '/v1/me' }, { authorization: apiKey })).text,
    ) ?? [];
  const claim = {
    'trivium-principal': 'e30.e30.e30',
    'x-tenant-id': tenant,
    'x-forwarded-user': tenant,
    'x-roles': 'admin',
  };
  const said = await ask(operation, { authorization: otherKey, ...claim });
  return said.status === own.status && said.text === own.text
    ? undefined
    : 'it is answered in another way than without';
}

async function afterDeletion(
  api: string,
  operation: OperationDescription,
  ask: Ask,
  { apiKey }: Credentials,
): Promise<string | undefined> {
  const key = await makeKey(api, apiKey, [
    ...new Set([...(operation.security.get('apiKey') ?? []), 'read:tenant']),
  ]);
  const before = await ask({ ...operation, method: 'get', path: '/v1/tenant' }, { authorization: key });
  await deleteKey(api, apiKey, key);
  await delay(REVOKED_MS);
  const after = await ask(operation, { authorization: key });
  if (before.status !== 200) return `the new key is refused: ${before.status} ${before.code ?? ''}`;
  return after.status === 401 ? undefined : `${after.status} ${after.code ?? ''} instead of 401`;
}

async function send(
  api: string,
  { method, path }: OperationDescription,
  fields: Record<string, string>,
): Promise<Answer> {
  const url = api + path.replaceAll(/\{\w+\}/g, '1');
  const answer = await fetch(url, { method: method.toUpperCase(), headers: fields, redirect: 'manual' });
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return {
    status: answer.status,
    code: isProblem ? parseJson<{ code: string }>(text).code : undefined,
    challenges: answer.headers.get('www-authenticate') ?? '',
    text,
  };
}

/** @returns the value of `Authorization` with a new key */
async function makeKey(api: string, as: string, scopes: readonly string[]): Promise<string> {
  const answer = await fetch(`${api}/v1/tenant/api-keys`, {
    method: 'POST',
    headers: { authorization: as, 'content-type': 'application/json' },
    body: JSON.stringify({ name: `Check of services ${randomUUID().slice(0, 8)}`, scopes }),
  });
  const text = await answer.text();
  if (answer.status !== 201)
    throw new Error(`No key can be created for the checks: ${answer.status} ${text}`);
  const { client_id, client_secret } = parseJson<{ client_id: string; client_secret: string }>(text);
  return `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
}

async function deleteKey(api: string, as: string, key: string): Promise<void> {
  const [id = ''] = Buffer.from(key.slice('Basic '.length), 'base64').toString().split(':');
  await fetch(`${api}/v1/tenant/api-keys/${encodeURIComponent(id)}`, {
    method: 'DELETE',
    headers: { authorization: as },
  });
}
