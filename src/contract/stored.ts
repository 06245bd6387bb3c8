/**
 * Each operation must declare what it stores, with a bound, so that nothing grows without limit (`x-stores`,
 * `x-stored`).
 */
import { ContractFault } from './contract-fault.ts';
import { operationsOf, type ContractDocument, type OperationSource } from './document.ts';

export interface Stored {
  /** Stored item → its bound, in words. */
  bounds: ReadonlyMap<string, string>;
  /** What any request may store. */
  always: readonly string[];
  /** Operation → what it stores beside that; empty: nothing. */
  byOperation: ReadonlyMap<string, readonly string[]>;
}

/** A bound that names neither a number nor a setting is none. */
const NUMBER_OR_SETTING = /\d|\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b|\b(One|Two)\b/;

/** @throws ContractFault, with a sentence that says what to write */
export function readStored(document: ContractDocument): Stored {
  const bounds = new Map(Object.entries(document['x-stored'] ?? {}));
  const always = document['x-stored-always'] ?? [];
  for (const [name, bound] of bounds)
    if (!NUMBER_OR_SETTING.test(bound))
      throw new ContractFault(`x-stored: the bound of ${name} names neither a number nor a setting`);
  const byOperation = new Map(
    Array.from(operationsOf(document), ([, , source]) => [source.operationId, storedBy(source, bounds)]),
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

function storedBy(source: OperationSource, bounds: ReadonlyMap<string, string>): string[] {
  const { operationId: id, 'x-stores': given } = source;
  const isListed = Array.isArray(given) && given.length > 0;
  const names = isListed ? given.map(String) : [];
  if (!isListed && given !== 'none')
    throw new ContractFault(
      `${id}: no x-stores; list what it leaves behind, each with a bound in x-stored, or write \`none\``,
    );
  const unknown = names.filter((name) => !bounds.has(name));
  if (unknown.length > 0)
    throw new ContractFault(
      `${id}: x-stores names ${unknown.join(', ')}, which x-stored does not bound; known: ${[...bounds.keys()].join(', ')}`,
    );
  for (const [name, why] of impliedBy(source))
    if (!names.includes(name))
      throw new ContractFault(`${id}: x-stores lacks ${name}, though the operation ${why}`);
  return names;
}

/** What other parts of the operation imply, so that `none` is never declared for an operation that stores something. */
function impliedBy(source: OperationSource): [name: string, why: string][] {
  const isKeyed = (source.parameters ?? []).some((one) =>
    /Idempotency-?Key$/.test('$ref' in one ? one.$ref : one.name),
  );
  const implied: [string, string][] = [];
  // Keys that a service takes are kept by the service, unless its declaration says otherwise.
  if (source['x-event'] !== 'none') implied.push(['audit_events', 'has an x-event']);
  if (source['x-relay'] !== undefined) implied.push(['relay_jobs', 'is relayed']);
  if (isKeyed && source['x-service'] === undefined)
    implied.push(['idempotency_keys', 'accepts an Idempotency-Key']);
  return implied;
}

function refuse(names: string[], said: string, why: string): void {
  if (names.length > 0) throw new ContractFault(`${said} ${names.join(', ')}, ${why}`);
}
