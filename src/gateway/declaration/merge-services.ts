/** One contract of ours and of the services: what routing, documentation, scopes and roles are derived from. */
import { dirname, resolve } from 'node:path';
import type { ContractDocument, Method } from '../../contract/document.ts';
import { isRecord } from '../../json.ts';
import type { ServiceOperation } from '../service.ts';
import { specificity } from './competing-paths.ts';
import { mergedOperation, routePath } from './merged-operation.ts';
import { declaredEvents, type DeclaredEvents } from './declared-events.ts';
import { openedOperations, type Opened } from './opened-operations.ts';
import { prefixFaults } from './prefixes.ts';
import { renamedComponents, renameReferences } from './rename-references.ts';
import { grantsOf, scopesNeededBy } from './roles-and-scopes.ts';
import { serviceOf } from './service-of.ts';
import { readServiceDocument, type ServiceDocument } from './service-document.ts';
import { ServicesFault } from './services-fault.ts';
import type { ServicesFile } from './services-file.ts';
import type { YamlFile } from './yaml-file.ts';

export interface Merged {
  document: ContractDocument;
  /** By id in the merged contract. */
  operations: ReadonlyMap<string, ServiceOperation>;
  /** Scope of the services → where it is declared. */
  scopePlaces: ReadonlyMap<string, string>;
  /** What services record themselves. */
  events: readonly DeclaredEvents[];
  /** Service → its document. */
  documents: ReadonlyMap<string, YamlFile>;
  files: readonly string[];
}

/**
 * @param own is not changed
 * @throws ServicesFault with every fault
 */
export function mergeServices(own: ContractDocument, declared: ServicesFile): Merged {
  const folder = dirname(declared.file.name);
  const faults = prefixFaults(own, declared);
  const found = Object.entries(declared.services).flatMap(([name, entry]) => {
    const collected = collecting(faults, () => {
      const document = readServiceDocument(resolve(folder, entry.contract));
      return { name, document, opened: openedOperations(declared, name, document) };
    });
    return collected ?? [];
  });
  const opened = found.flatMap(({ opened }) => opened);
  // What one of them needs is not known while it cannot be read.
  const isWhole = found.length === Object.keys(declared.services).length;
  const grants = isWhole ? collecting(faults, () => grantsOf(own, declared, opened)) : undefined;
  const events = collecting(faults, () => declaredEvents(own, declared, found));
  if (faults.length > 0 || !grants || !events) throw new ServicesFault(faults);

  const merged: ContractDocument = structuredClone(own);
  const operations = new Map<string, ServiceOperation>();
  for (const { name, document, opened } of found) {
    const service = serviceOf(declared, name, scopesNeededBy(opened));
    addService(merged, name, service.prefix, document, opened);
    for (const { operation } of opened) operations.set(operation.id, { ...operation, service });
  }
  addGrants(merged, grants);
  if (events.length > 0)
    merged['x-event-types'] = Object.fromEntries(events.flatMap(({ types }) => [...types]));
  const documents = new Map(found.map(({ name, document }) => [name, document.file]));
  const certificates = Object.values(declared.services).flatMap(({ ca }) =>
    ca === undefined ? [] : [resolve(folder, ca)],
  );
  const scopePlaces = new Map(
    Object.keys(declared.scopes).map((scope) => [scope, declared.file.place(['scopes', scope])]),
  );
  const files = [declared.file.name, ...Array.from(documents.values(), ({ name }) => name), ...certificates];
  return { document: merged, operations, events, scopePlaces, documents, files };
}

function addService(
  merged: ContractDocument,
  name: string,
  prefix: string,
  document: ServiceDocument,
  opened: readonly Opened[],
): void {
  const { components: own, ...rest } = renameReferences(document.value, name);
  const renamed = { ...rest, components: renamedComponents(own, name) };
  const components: Record<string, unknown> = (merged.components ??= {});
  for (const [kind, all] of Object.entries(renamed.components))
    components[kind] = { ...(components[kind] as object | undefined), ...all };
  merged.tags = [...(merged.tags ?? []), { name, ...aboutOf(document.value) }];
  // The more specific of two paths that match is found first when it is registered last.
  const ordered = [...opened].sort((a, b) => specificity(a.location.path) - specificity(b.location.path));
  for (const { location, entry, operation } of ordered) {
    const source = mergedOperation(renamed, location, {
      service: name,
      id: operation.id,
      entry,
      maxBytes: operation.maxBytes,
      idempotencyKey: merged.components?.parameters?.['IdempotencyKey'] ?? {},
    });
    const path = prefix + routePath(location.path);
    merged.paths[path] = { ...merged.paths[path], [location.method as Method]: source };
  }
}

function aboutOf({ info }: Record<string, unknown>): { description?: string } {
  const { description, summary, title } = isRecord(info) ? info : {};
  const text = [summary, description, title].find((one) => typeof one === 'string' && one !== '');
  return typeof text === 'string' ? { description: text } : {};
}

function addGrants(
  merged: ContractDocument,
  { scopes, roles }: { scopes: Record<string, string>; roles: Record<string, string[]> },
): void {
  merged['x-scopes'] = { ...merged['x-scopes'], ...scopes };
  merged['x-role-scopes'] = roles;
  const names = merged.components?.schemas?.['RoleName'];
  if (names) names.enum = Object.keys(roles);
}

/** Goes on after a fault, so that all are reported together. */
function collecting<T>(faults: string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ServicesFault)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
