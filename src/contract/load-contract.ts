/** The contract as the program uses it: one description per operation. Imports nothing of ours outside this folder. */
import { readFileSync } from 'node:fs';
import { isRecord, parseJson } from '../json.ts';
import { ContractFault } from './contract-fault.ts';
import {
  operationsOf,
  type BodySource,
  type ContractDocument,
  type Method,
  type OperationSource,
  type ParameterSource,
  type Reference,
} from './document.ts';
import type { operations } from './generated.ts';
import {
  isForAnyOrigin,
  readRoles,
  readSecurity,
  readSelf,
  takesEventStreamToken,
  takesServiceSecret,
  type SchemeName,
} from './security.ts';
import { readStored, type Stored } from './stored.ts';

export { ContractFault };
export type { Method, SchemeName };

export type OperationId = keyof operations;
export interface ParameterDescription {
  name: string;
  in: ParameterSource['in'];
  required: boolean;
  /** JSON pointer into the contract. */
  schemaPointer: string;
  /** How several values are written, of a service's parameter: `a=1&a=2` or `a=1,2`. */
  list: 'repeated' | 'commas' | undefined;
}

export interface AnswerDescription {
  /** By media type: JSON pointer into the contract. */
  schemaPointers: Map<string, string>;
  /** Names of the header fields that the answer may have. */
  fields: ReadonlySet<string>;
}

export interface BodyDescription {
  required: boolean;
  /** `x-stream`: passed to its handler as a stream, of any length. */
  isStream: boolean;
  maxBytes: number;
  schemaPointers: Map<string, string>;
}

export interface OperationDescription {
  id: OperationId;
  method: Method;
  /** As in the contract: `/v1/users/{user_id}`. */
  path: string;
  /** The first of its `tags`: its section of the documentation, and the folder of its handler. */
  tag: string;
  /** Scheme → required scopes; empty: public. */
  security: Map<SchemeName, readonly string[]>;
  /** `security` includes `{}`: callable without a credential, too. */
  isOpen: boolean;
  /** Pages of any origin may call it (CORS), without credentials. */
  isForAnyOrigin: boolean;
  /**
   * Path parameter that names the user: users may call this for themselves without a role. `caller`: it concerns the
   * caller itself.
   */
  self: string | undefined;
  /** Type of the event recorded on success; undefined: only refusals are recorded. */
  event: string | undefined;
  /** The service behind the gateway that answers it; undefined: this API has a handler for it. */
  service: string | undefined;
  /** Query parameters that the contract does not name are refused. */
  isQueryClosed: boolean;
  /** `x-relay`: its work at the authority is a relay job of the same name. */
  isRelayed: boolean;
  /** `x-reachable`: users may call it while their own limit allows it, even when the tenant's is used up. */
  isReachable: boolean;
  /** Whether error answers are problem documents (RFC 9457) or OAuth errors. */
  errors: 'problem' | 'oauth';
  parameters: ParameterDescription[];
  body: BodyDescription | undefined;
  answers: Map<number, AnswerDescription>;
}

const EVENT_TYPE = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/;
/** Limit for bodies without one of their own. */
const DEFAULT_MAX_BYTES = 65_536;

export interface Contract {
  document: ContractDocument;
  operations: Map<OperationId, OperationDescription>;
  /** Scopes that third-party apps may request. */
  appScopes: readonly string[];
  /** Every scope that any operation names. */
  scopes: readonly string[];
  /** Description of each scope, for a consent page. */
  scopeTexts: ReadonlyMap<string, string>;
  /** Role → its scopes (`x-role-scopes`). */
  roles: ReadonlyMap<string, readonly string[]>;
  /** Names of fields that are never logged (`x-sensitive`). */
  sensitive: ReadonlySet<string>;
  /** Every type of event that an operation or a service behind the gateway records. */
  eventTypes: ReadonlySet<string>;
  /** What operations store (`x-stores`), each with its bound. */
  stored: Stored;
}

/** As it was generated, without services. */
export const readContractDocument = (): ContractDocument =>
  parseJson(readFileSync(new URL('./generated.json', import.meta.url), 'utf8'));

export function loadContract(document = readContractDocument()): Contract {
  const found = new Map<OperationId, OperationDescription>();
  for (const [path, method, source] of operationsOf(document)) {
    const operation = describe(document, path, method, source);
    found.set(operation.id, operation);
  }
  const scopesOf = (scheme?: SchemeName) =>
    [
      ...new Set(
        [...found.values()].flatMap(({ security }) =>
          [...security].flatMap(([name, scopes]) => (!scheme || name === scheme ? scopes : [])),
        ),
      ),
    ].sort();
  return {
    document,
    operations: found,
    appScopes: scopesOf('app'),
    scopes: scopesOf(),
    scopeTexts: scopeTexts(document, scopesOf()),
    roles: readRoles(document, scopesOf('user'), scopesOf()),
    sensitive: sensitiveNames(document),
    eventTypes: eventTypes(document, found.values()),
    stored: readStored(document),
  };
}

function describe(
  document: ContractDocument,
  path: string,
  method: Method,
  source: OperationSource,
): OperationDescription {
  // The type holds the ids of the contract that it was generated from.
  const id = source.operationId as OperationId;
  const security = readSecurity(id, source);
  const here = pointer('paths', path, method);
  const parameters = (source.parameters ?? []).map((given, index) => {
    const { value, pointer } = resolve(document, given, `${here}/parameters/${index}`);
    const { name, in: place, required = false, 'x-list': list } = value;
    return { name, in: place, required, schemaPointer: `${pointer}/schema`, list };
  });
  return {
    id,
    method,
    path,
    tag: source.tags?.[0] ?? '',
    security,
    isOpen: (source.security ?? []).some((one) => Object.keys(one).length === 0),
    isForAnyOrigin: isForAnyOrigin(id, source, security),
    self: readSelf(id, source, parameters),
    event: eventType(id, method, source),
    service: source['x-service'],
    isQueryClosed: security.size > 0 && source['x-open-query'] !== true,
    isRelayed: readRelayed(id, source),
    isReachable: source['x-reachable'] === true,
    errors: source['x-errors'] === 'oauth' ? 'oauth' : 'problem',
    parameters,
    body: body(source.requestBody, `${here}/requestBody`),
    answers: new Map(
      Object.entries(source.responses ?? {}).map(([status, given]) => {
        const { value, pointer } = resolve(document, given, `${here}/responses/${status}`);
        const fields = new Set(Object.keys(value.headers ?? {}));
        return [Number(status), { schemaPointers: mediaTypes(value, pointer), fields }];
      }),
    ),
  };
}

const eventTypes = (document: ContractDocument, operations: Iterable<OperationDescription>): Set<string> =>
  new Set([
    ...Array.from(operations, ({ event }) => event).filter((event) => event !== undefined),
    ...Object.keys(document['x-event-types'] ?? {}),
  ]);

/**
 * `x-event` is mandatory, and every change has an event; those of a service are its own affair. `declared`: what the
 * caller tells is recorded, and not that it was told: one of the types that a service declares, or what happened at the authority.
 */
function eventType(id: string, method: Method, source: OperationSource): string | undefined {
  const given = source['x-event'];
  if (given === 'declared' && recordsOthers(readSecurity(id, source))) return undefined;
  if (given === 'none' && (method === 'get' || source['x-service'] !== undefined)) return undefined;
  if (given === undefined || !EVENT_TYPE.test(given))
    throw new ContractFault(
      `${id}: no x-event; name one such as \`user.created\`, or \`none\` for a read that needs no event`,
    );
  return given;
}

const recordsOthers = (security: ReturnType<typeof readSecurity>): boolean =>
  takesServiceSecret(security) || takesEventStreamToken(security);

function readRelayed(id: string, source: OperationSource): boolean {
  const named = source['x-relay'];
  if (named !== undefined && named !== id)
    throw new ContractFault(`${id}: x-relay says ${JSON.stringify(named)}; write \`x-relay: ${id}\``);
  return named !== undefined;
}

function body(source: BodySource | undefined, at: string): BodyDescription | undefined {
  if (!source) return undefined;
  return {
    required: source.required === true,
    isStream: source['x-stream'] === true,
    maxBytes: source['x-max-bytes'] ?? DEFAULT_MAX_BYTES,
    schemaPointers: mediaTypes(source, at),
  };
}

function mediaTypes({ content = {} }: BodySource, at: string): Map<string, string> {
  const types = Object.keys(content);
  return new Map(types.map((type) => [type, `${at}${pointer('content', type, 'schema')}`]));
}

/** Follows references. */
function resolve<T extends object>(
  document: object,
  value: T | Reference,
  at: string,
): { value: T; pointer: string } {
  if (!('$ref' in value)) return { value, pointer: at };
  const target = value.$ref.replace(/^#/, '');
  const path = target.split('/').slice(1);
  const found = path.reduce<unknown>(
    (node, part) => isRecord(node) && node[part.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
  // Redocly has validated the target of each reference.
  return resolve(document, found as T | Reference, target);
}

/** An RFC 6901 pointer. */
function pointer(...parts: string[]): string {
  return parts.map((part) => '/' + part.replaceAll('~', '~0').replaceAll('/', '~1')).join('');
}

function sensitiveNames(document: object): Set<string> {
  const names = new Set<string>();
  const walk = (node: unknown) => {
    if (!isRecord(node)) return;
    for (const [name, schema] of Object.entries(node['properties'] ?? {}))
      if (isRecord(schema) && schema['x-sensitive'] === true) names.add(name);
    Object.values(node).forEach(walk);
  };
  walk(document);
  return names;
}

/** Shown on consent pages: each scope needs a text, and each text a scope. */
function scopeTexts(document: ContractDocument, scopes: readonly string[]): Map<string, string> {
  const texts = new Map(Object.entries(document['x-scopes'] ?? {}));
  const differing = [...new Set([...scopes, ...texts.keys()])].filter(
    (scope) => !texts.has(scope) || !scopes.includes(scope),
  );
  if (differing.length > 0)
    throw new ContractFault(
      `x-scopes and operations differ on ${differing.join(', ')}; under x-scopes, describe each scope of an operation, and no other`,
    );
  return texts;
}
