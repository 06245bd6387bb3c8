/** The operations of a service that are open: named in the file of `SERVICES`, or by `x-trivium` in its own document. */
import { isRecord } from '../../json.ts';
import type { ServiceOperation } from '../service.ts';
import { competingPaths } from './competing-paths.ts';
import { routePath } from './merged-operation.ts';
import type { Location, ServiceDocument } from './service-document.ts';
import { ServicesFault } from './services-fault.ts';
import { readOperationEntry, type OperationEntry, type ServicesFile } from './services-file.ts';
import { readDuration, readSize } from './units.ts';

export interface Opened {
  location: Location;
  entry: OperationEntry;
  operation: Omit<ServiceOperation, 'service'>;
  /** Where it is opened, for the next fault: begins with file and line. */
  fault: (text: string, member?: string) => string;
}

/** Requests with an idempotency key are read whole before they are sent. */
const KEYED_BODY = '16MiB';

/** @throws ServicesFault */
export function openedOperations(
  { file, services }: ServicesFile,
  service: string,
  document: ServiceDocument,
): Opened[] {
  const faults: string[] = [];
  const entries = services[service]?.operations ?? {};
  const known = [...document.operations.keys()];
  const named = Object.entries(entries).flatMap(([operationId, entry]) => {
    const place = ['services', service, 'operations', operationId];
    const fault = (text: string, member?: string) => file.fault(within(place, member), text);
    const location = document.operations.get(operationId);
    if (location) return [{ operationId, entry, location, fault }];
    faults.push(
      fault(
        `${document.file.name} has no operation ${operationId}; it has ${known.join(', ') || 'none with an operationId'}`,
      ),
    );
    return [];
  });
  const extended = [...document.operations].flatMap(([operationId, location]) => {
    const place = ['paths', location.path, location.method, 'x-trivium'];
    const value = valueAt(document.value, place);
    if (value === undefined) return [];
    const fault = (text: string, member?: string) => document.file.fault(within(place, member), text);
    if (entries[operationId]) {
      faults.push(fault(`${operationId} is opened here and in ${file.name}; keep one of both`));
      return [];
    }
    return [{ operationId, entry: readOperationEntry(document.file, place, value), location, fault }];
  });
  const opened = [...named, ...extended];
  if (opened.length === 0 && faults.length === 0)
    faults.push(
      file.fault(
        ['services', service],
        `opens no operation; name some under \`operations\`: ${known.join(', ')}`,
      ),
    );
  for (const { operationId, location, fault } of opened)
    if (!isRoutable(location.path))
      faults.push(
        fault(
          `${operationId} has the path ${location.path}; it must begin with a slash, have no query, and parameters of different names with text between them`,
        ),
      );
  for (const one of opened) {
    const text = idempotencyFault(one.location, one.entry);
    if (text !== undefined) faults.push(one.fault(`${one.operationId} ${text}`, 'idempotency'));
  }
  if (faults.length > 0) throw new ServicesFault(faults);
  const isOpen = ({ path, method }: Location) =>
    opened.some(({ location }) => location.path === path && location.method === method);
  return opened.map(({ operationId, entry, location, fault }) => {
    const { method, path } = location;
    const others = document.locations.filter((one) => one.method === method && one.path !== path);
    const competing = competingPaths(path, others, isOpen);
    const operation = { ...operationOf(service, operationId, location, entry), competing };
    return { location, entry, fault, operation };
  });
}

function operationOf(
  service: string,
  operationId: string,
  { path, method }: Location,
  entry: OperationEntry,
): Omit<Opened['operation'], 'competing'> {
  return {
    operationId,
    id: `${service}.${operationId}`,
    method,
    path,
    firstByteMs: readDuration(entry.timeout ?? '30s'),
    idleMs: readDuration(entry.idleTimeout ?? '60s'),
    isStream: entry.stream ?? false,
    isWebSocket: entry.websocket ?? false,
    keepsAnswers: entry.idempotency ?? false,
    maxBytes: readSize(entry.maxBody ?? '1MiB'),
  };
}

const within = (place: readonly string[], member: string | undefined): string[] =>
  member === undefined ? [...place] : [...place, member];

/** @returns what contradicts `idempotency`, and what to write; undefined: nothing */
function idempotencyFault({ method }: Location, entry: OperationEntry): string | undefined {
  if (!entry.idempotency) return undefined;
  if (method === 'get' || method === 'head')
    return `is a ${method.toUpperCase()}, which has no effect to repeat; remove \`idempotency\``;
  if (entry.stream)
    return 'has a stream as its answer, which cannot be kept; remove `idempotency` or `stream`';
  if (readSize(entry.maxBody ?? '1MiB') > readSize(KEYED_BODY))
    return `reads bodies whole because of \`idempotency\`; write \`maxBody: ${KEYED_BODY}\` or less, or remove it`;
  return undefined;
}

function isRoutable(path: string): boolean {
  if (!/^\/(?:[^{}?#\s]|\{[^{}/?#\s]+\}(?!\{))*$/.test(path)) return false;
  const names = Array.from(routePath(path).matchAll(/\{(\w+)\}/g), ([, name]) => name);
  return new Set(names).size === names.length;
}

const valueAt = (document: unknown, place: readonly string[]): unknown =>
  place.reduce<unknown>((node, name) => (isRecord(node) ? node[name] : undefined), document);
