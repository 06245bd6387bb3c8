/** An OpenAPI document of a service, in the form that the contract is loaded from. */
import { isRecord } from '../../json.ts';
import { ServicesFault } from './services-fault.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** Method and path of an operation in the document. */
export interface Location {
  path: string;
  method: string;
}

export interface ServiceDocument {
  file: YamlFile;
  /** OpenAPI 3.1: a document of 3.0 is converted. */
  value: Record<string, unknown>;
  /** By `operationId`. */
  operations: ReadonlyMap<string, Location>;
  /** Of all operations, also of those that have no `operationId` and cannot be opened. */
  locations: readonly Location[];
}

/** TRACE and OPTIONS belong to the gateway, HEAD to its GET. */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** @throws ServicesFault */
export function readServiceDocument(name: string): ServiceDocument {
  const file = readYamlFile(name);
  const { value } = file;
  const version = isRecord(value) ? String(value['openapi']) : '';
  if (!isRecord(value) || !/^3\.[01]\.\d+$/.test(version))
    throw new ServicesFault([file.fault(['openapi'], 'must be an OpenAPI document of version 3.0 or 3.1')]);
  const elsewhere = referencesElsewhere(file, value);
  if (elsewhere.length > 0) throw new ServicesFault(elsewhere);
  if (version.startsWith('3.0')) modernize(value);
  addSchemas(value);
  return { file, value, operations: operationsOf(file, value), locations: locationsOf(value) };
}

function operationsOf(file: YamlFile, document: Record<string, unknown>): Map<string, Location> {
  const found = new Map<string, Location>();
  const faults: string[] = [];
  const { paths } = document;
  for (const [path, item] of Object.entries(isRecord(paths) ? paths : {}))
    for (const method of METHODS) {
      const operation = isRecord(item) ? item[method] : undefined;
      const id = isRecord(operation) ? operation['operationId'] : undefined;
      if (typeof id !== 'string') continue;
      if (found.has(id))
        faults.push(
          file.fault(['paths', path, method], `operationId ${id} is used twice; give each its own`),
        );
      found.set(id, { path, method });
    }
  if (faults.length > 0) throw new ServicesFault(faults);
  return found;
}

function locationsOf({ paths }: Record<string, unknown>): Location[] {
  return Object.entries(isRecord(paths) ? paths : {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (isRecord(item) && isRecord(item[method]) ? [{ path, method }] : [])),
  );
}

/** References to other files would need a bundler; tools for that are everywhere. */
function referencesElsewhere(file: YamlFile, document: unknown): string[] {
  const faults: string[] = [];
  const walk = (node: unknown, place: (string | number)[]) => {
    if (!isRecord(node)) return;
    const target = node['$ref'];
    if (typeof target === 'string' && !target.startsWith('#/'))
      faults.push(
        file.fault(
          place,
          `refers to ${target}; references to other files are not followed, bundle the document first (such as by \`redocly bundle\`)`,
        ),
      );
    for (const [name, child] of Object.entries(node))
      walk(child, [...place, Array.isArray(node) ? Number(name) : name]);
  };
  walk(document, []);
  return faults;
}

/** A media type without a schema has any content, as OpenAPI 3.1 writes it of bytes. */
function addSchemas(node: unknown): void {
  if (!isRecord(node)) return;
  const { content } = node;
  for (const type of isRecord(content) ? Object.values(content) : [])
    if (isRecord(type) && !Array.isArray(type)) type['schema'] ??= {};
  for (const child of Object.values(node)) addSchemas(child);
}

/** OpenAPI 3.0 to 3.1: what JSON Schema writes in another way (openapis.org, "Migrating from 3.0 to 3.1"). */
function modernize(node: unknown): void {
  if (!isRecord(node)) return;
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof node[exclusive] !== 'boolean') continue;
    if (node[exclusive]) {
      node[exclusive] = node[bound];
      delete node[bound];
    } else delete node[exclusive];
  }
  if (node['nullable'] === true && typeof node['type'] === 'string') {
    node['type'] = [node['type'], 'null'];
    delete node['nullable'];
    if (Array.isArray(node['enum']) && !node['enum'].includes(null)) node['enum'].push(null);
  }
  for (const child of Object.values(node)) modernize(child);
}
