/** The API (resource server) with the audience as its identifier, and its scopes. */
import { isDeepStrictEqual } from 'node:util';
import type { AccountPart } from '../context.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Change, type PartPlan } from '../plan.ts';
import type { ScopeText } from '../services-scopes.ts';
import type { Settings } from '../settings.ts';

const ITEM = 'API';

/** Of a new API only: they are choices. */
const CHOICES = { name: 'Trivium', token_lifetime: 86_400, token_dialect: 'rfc9068_profile' };
const NEEDED: { name: string; value: unknown; accepts?: readonly unknown[]; why: string }[] = [
  {
    name: 'signing_alg',
    value: 'RS256',
    accepts: ['RS256', 'PS256'],
    why: 'tokens are verified with the public keys of the account',
  },
  { name: 'allow_offline_access', value: true, why: 'web apps and third-party apps use refresh tokens' },
  {
    name: 'enforce_policies',
    value: false,
    why: "RBAC of Auth0 would remove scopes from users' tokens; here, roles determine them",
  },
  {
    name: 'skip_consent_for_verifiable_first_party_clients',
    value: true,
    why: 'your own web app needs no consent',
  },
];
const SUBJECTS = {
  user: { policy: 'allow_all' },
  client: { policy: 'require_client_grant' },
};
const SUBJECTS_WHY =
  'machines get tokens for this API by a client grant only, and users of your web apps without one';

export const api: AccountPart = async ({ management, settings }) => {
  const query = { identifiers: settings.audience };
  const found = await management.list('/resource-servers', 'resource_servers', query);
  return planApi(
    found.find(({ identifier }) => identifier === settings.audience),
    settings,
  );
};

export function planApi(
  actual: Json | undefined,
  { audience, scopes }: Pick<Settings, 'audience' | 'scopes'>,
): PartPlan {
  if (!actual) return { ...emptyPlan(), changes: [newApi(audience, scopes)] };
  const change = (about: string, what: string, why: string, body: object): Change => ({
    item: ITEM,
    about,
    what,
    why,
    step: { kind: 'request', method: 'PATCH', path: `/resource-servers/${String(actual['id'])}`, body },
  });
  const changes = NEEDED.filter(
    ({ name, value, accepts = [value] }) => !accepts.includes(actual[name] ?? false),
  ).map(({ name, value, why }) => change(name, `set ${name} to ${String(value)}`, why, { [name]: value }));
  if (!isSubjects(actual['subject_type_authorization']))
    changes.push(
      change('access_policies', 'set the access policies', SUBJECTS_WHY, {
        subject_type_authorization: SUBJECTS,
      }),
    );
  const there = scopesOf(actual);
  const missing = scopes.filter(({ value }) => !there.some((one) => one.value === value));
  const silent = there.filter(({ value, description }) => !description && textOf(scopes, value));
  if (missing.length + silent.length > 0)
    changes.push(
      change(
        'scopes',
        [named('add the scopes', missing), named('describe the scopes', silent)].filter(Boolean).join('; '),
        'tokens contain no scope that the API lacks; the descriptions are what people read who consent',
        {
          scopes: [
            ...there.map((one) => ({ ...one, description: one.description || textOf(scopes, one.value) })),
            ...missing,
          ],
        },
      ),
    );
  return { ...emptyPlan(), changes, findings: tooMany(there, scopes) };
}

const newApi = (identifier: string, scopes: readonly ScopeText[]): Change => ({
  item: ITEM,
  what: `create ${identifier} with ${scopes.length} scopes`,
  why: 'tokens for this API need it',
  step: {
    kind: 'request',
    method: 'POST',
    path: '/resource-servers',
    body: wantedApi({ audience: identifier, scopes }),
  },
});

export const wantedApi = ({ audience, scopes }: Pick<Settings, 'audience' | 'scopes'>) => ({
  identifier: audience,
  ...CHOICES,
  ...Object.fromEntries(NEEDED.map(({ name, value }) => [name, value])),
  subject_type_authorization: SUBJECTS,
  scopes,
});

function tooMany(there: readonly ScopeText[], scopes: readonly ScopeText[]): PartPlan['findings'] {
  const extra = there.filter(({ value }) => textOf(scopes, value) === undefined);
  if (extra.length === 0) return [];
  return [
    {
      item: ITEM,
      about: 'scopes_too_many',
      level: 'drift',
      what: named('it has the scopes', extra),
      why: 'no operation of Trivium needs them',
      remedy:
        'If they are of services behind the gateway, name their file with --services; else remove them (APIs, Permissions).',
    },
  ];
}

function isSubjects(actual: unknown): boolean {
  const { user, client }: Record<string, unknown> = { ...(actual ?? {}) };
  return isDeepStrictEqual({ user, client }, SUBJECTS);
}

function scopesOf({ scopes }: Json): ScopeText[] {
  const list: unknown[] = Array.isArray(scopes) ? scopes : [];
  return list.map((one) => {
    const { value, description }: Record<string, unknown> = { ...(one ?? {}) };
    return { value: String(value), description: typeof description === 'string' ? description : '' };
  });
}

const textOf = (scopes: readonly ScopeText[], value: string) =>
  scopes.find((one) => one.value === value)?.description;

const named = (words: string, scopes: readonly ScopeText[]) =>
  scopes.length === 0 ? '' : `${words} ${scopes.map(({ value }) => value).join(', ')}`;
