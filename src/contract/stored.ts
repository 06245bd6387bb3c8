/** What each operation leaves behind must be said, with a bound: so that nothing grows without one (`x-stores`, `x-stored`). */
import { ContractFault } from './contract-fault.ts';

export interface Stored {
  /** What there can be → how much of it at the most, in words. */
  bounds: ReadonlyMap<string, string>;
  /** What any request may leave behind. */
  always: readonly string[];
  /** Operation → what it leaves behind beside that; empty: nothing. */
  byOperation: ReadonlyMap<string, readonly string[]>;
}

type Json = Record<string, unknown>;

/** A bound that names neither a number nor a setting bounds nothing. */
const NUMBER_OR_SETTING = /\d|\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b|\b(One|Two)\b/;

/** @throws ContractFault, with a sentence that says what to write */
export function readStored(document: Json): Stored {
  const bounds = new Map(Object.entries((document['x-stored'] ?? {}) as Record<string, string>));
  const always = (document['x-stored-always'] ?? []) as string[];
  for (const [name, bound] of bounds)
    if (!NUMBER_OR_SETTING.test(bound))
      throw new ContractFault(`x-stored: the bound of ${name} names neither a number nor a setting`);
  const byOperation = new Map(
    operationsOf(document).map((source) => [source['operationId'] as string, storedBy(source, bounds)]),
  );
  const named = new Set([...always, ...[...byOperation.values()].flat()]);
  refuse(
    [...named].filter((name) => !bounds.has(name)),
    'x-stored-always names',
    'which x-stored does not bound',
  );
  refuse(
    [...bounds.keys()].filter((name) => !named.has(name)),
    'x-stored bounds',
    'which no operation stores',
  );
  return { bounds, always, byOperation };
}

function storedBy(source: Json, bounds: ReadonlyMap<string, string>): string[] {
  const id = source['operationId'] as string;
  const given = source['x-stores'];
  const names = given === 'none' ? [] : given;
  if (!Array.isArray(names) || (given !== 'none' && names.length === 0))
    throw new ContractFault(
      `${id}: no x-stores; list what it leaves behind, each with a bound in x-stored, or write \`none\``,
    );
  const unknown = (names as string[]).filter((name) => !bounds.has(name));
  if (unknown.length > 0)
    throw new ContractFault(
      `${id}: x-stores names ${unknown.join(', ')}, which x-stored does not bound; known: ${[...bounds.keys()].join(', ')}`,
    );
  for (const [name, why] of impliedBy(source))
    if (!(names as string[]).includes(name))
      throw new ContractFault(`${id}: x-stores lacks ${name}, though the operation ${why}`);
  return names as string[];
}

/** What can be told from the rest of the operation, so that `none` is never said of something that stores. */
function impliedBy(source: Json): [name: string, why: string][] {
  const parameters = (source['parameters'] ?? []) as Json[];
  const isKeyed = parameters.some((one) =>
    /Idempotency-?Key$/.test((one['$ref'] ?? one['name'] ?? '') as string),
  );
  return [
    ...(source['x-event'] === 'none' ? [] : [['audit_events', 'has an x-event'] as [string, string]]),
    ...(source['x-relay'] === undefined ? [] : [['relay_jobs', 'is relayed'] as [string, string]]),
    ...(isKeyed ? [['idempotency_keys', 'takes an Idempotency-Key'] as [string, string]] : []),
  ];
}

function operationsOf(document: Json): Json[] {
  return Object.values(document['paths'] as Record<string, Json>).flatMap((item) =>
    Object.values(item).filter((source) => typeof (source as Json)['operationId'] === 'string'),
  ) as Json[];
}

function refuse(names: string[], said: string, why: string): void {
  if (names.length > 0) throw new ContractFault(`${said} ${names.join(', ')}, ${why}`);
}
