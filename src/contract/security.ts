/** Who may call an operation, and with which scopes. Missing security is a fault, never public access. */
import { ContractFault } from './contract-fault.ts';
import type { ContractDocument, OperationSource } from './document.ts';

/**
 * Schemes whose principals hold scopes. The operator is a configured client; the other tokens grant access to one
 * resource.
 */
const SCOPED = ['user', 'apiKey', 'app'] as const;
const SCHEMES = [
  ...SCOPED,
  'operator',
  'initialAccessToken',
  'registrationToken',
  'service',
  'eventStream',
] as const;

export type SchemeName = (typeof SCHEMES)[number];

type Security = ReadonlyMap<SchemeName, unknown>;

/** Whether an operation accepts a token that we issue for registration (RFC 7591, RFC 7592), and none of the authority's. */
export const takesRegistrationToken = (security: Security): boolean =>
  security.has('initialAccessToken') || security.has('registrationToken');

/** Whether it accepts the secret of a service, and none of the authority's tokens. */
export const takesServiceSecret = (security: Security): boolean => security.has('service');

/** Whether it accepts the token of the authority's event stream, and none that the authority has issued. */
export const takesEventStreamToken = (security: Security): boolean => security.has('eventStream');

/** Whether the tokens that it accepts are known here only: the authority has issued none of them. */
export const takesOwnToken = (security: Security): boolean =>
  takesRegistrationToken(security) || takesServiceSecret(security) || takesEventStreamToken(security);

/** @throws ContractFault */
export function readSecurity(id: string, source: OperationSource): Map<SchemeName, readonly string[]> {
  if (!source.security)
    throw new ContractFault(
      `${id}: no security; write \`security: []\` for an operation that anybody may call`,
    );
  if (source['x-roles'] !== undefined)
    throw new ContractFault(
      `${id}: x-roles decides nothing; name the scopes at \`user\` in security, and give them to roles in \`x-role-scopes\``,
    );
  const schemes = new Map<SchemeName, readonly string[]>();
  for (const alternative of source.security.filter((one) => Object.keys(one).length > 0)) {
    const [[name, scopes] = ['', []], ...others] = Object.entries(alternative);
    const scheme = SCHEMES.find((known) => known === name);
    if (others.length > 0 || scheme === undefined) {
      throw new ContractFault(`${id}: each security alternative names one of ${SCHEMES.join(', ')}`);
    }
    if (scopes.length === 0 && SCOPED.some((known) => known === name) && !needsNoScopes(source))
      throw new ContractFault(
        `${id}: \`${name}\` names no scopes, so every caller of that kind could call it; name some, or write \`x-self: caller\` where it is about the caller itself`,
      );
    schemes.set(scheme, scopes);
  }
  return schemes;
}

/**
 * It concerns the caller itself, or shows the outcome of another operation and requires that one's scopes
 * (`x-scopes-of`).
 */
const needsNoScopes = (source: OperationSource) =>
  source['x-self'] === 'caller' || source['x-scopes-of'] === 'job';

/**
 * Whether pages of any origin may call an operation (CORS): those not restricted to callers of a tenant, whose answers
 * are public anyway. `x-cors: none` excludes one.
 * @throws ContractFault
 */
export function isForAnyOrigin(
  id: string,
  source: OperationSource,
  security: ReadonlyMap<SchemeName, unknown>,
): boolean {
  if (source['x-cors'] !== undefined && source['x-cors'] !== 'none')
    throw new ContractFault(`${id}: x-cors can only be \`none\``);
  return source['x-cors'] === undefined && (security.size === 0 || takesOwnToken(security));
}

/** @throws ContractFault */
export function readSelf(
  id: string,
  source: OperationSource,
  parameters: readonly { name: string; in: string }[],
): string | undefined {
  const self = source['x-self'];
  const isKnown = parameters.some(({ in: place, name }) => place === 'path' && name === self);
  if (self !== undefined && self !== 'caller' && !isKnown)
    throw new ContractFault(`${id}: x-self names ${self}, which is neither \`caller\` nor a path parameter`);
  return self;
}

/**
 * @param userScopes scopes that operations require of users @param scopes all scopes
 * @throws ContractFault
 */
export function readRoles(
  document: ContractDocument,
  userScopes: readonly string[],
  scopes: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const roles = new Map(Object.entries(document['x-role-scopes'] ?? {}));
  for (const [role, held] of roles) {
    const unknown = held.filter((scope) => !scopes.includes(scope));
    if (unknown.length > 0)
      throw new ContractFault(`x-role-scopes: ${role} holds ${unknown.join(', ')}, which no operation names`);
  }
  const held = new Set([...roles.values()].flat());
  const unreachable = userScopes.filter((scope) => !held.has(scope));
  if (unreachable.length > 0)
    throw new ContractFault(
      `x-role-scopes: no role holds ${unreachable.join(', ')}, so no user can have it; give it to a role there`,
    );
  const names = document.components?.schemas?.['RoleName']?.enum ?? [];
  const differing = [...new Set([...names, ...roles.keys()])].filter(
    (role) => !names.includes(role) || !roles.has(role),
  );
  if (differing.length > 0)
    throw new ContractFault(`x-role-scopes and the schema RoleName differ on ${differing.join(', ')}`);
  return roles;
}
