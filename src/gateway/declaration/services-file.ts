/** Reads the file that `SERVICES` names: its form, and nothing of the documents that it refers to. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isRecord } from '../../json.ts';
import type { GatewayCaller } from '../service.ts';
import { ServicesFault } from './services-fault.ts';
import { OPERATION_SCHEMA, SERVICES_SCHEMA } from './services-schema.ts';
import { readYamlFile, type Place, type YamlFile } from './yaml-file.ts';

/** How an operation of a service is opened. */
export interface OperationEntry extends Partial<Record<GatewayCaller, string[]>> {
  /** Type of the event that a success is recorded as. */
  event?: string;
  /** Until the first byte of the answer: `30s`, `500ms`, `2m`. */
  timeout?: string;
  idleTimeout?: string;
  stream?: boolean;
  websocket?: boolean;
  /** Whether `Idempotency-Key` is kept here, rather than by the service. */
  idempotency?: boolean;
  /** `64KiB`, `1MiB`. */
  maxBody?: string;
}

export interface ServiceEntry {
  /** Path of its OpenAPI document, from the folder of this file. */
  contract: string;
  url: string | string[];
  prefix: string;
  keepPrefix?: boolean;
  /** Path of a file of PEM certificates. */
  ca?: string;
  answers?: 'off' | 'log' | 'enforce';
  cookies?: boolean;
  plainHeaders?: boolean;
  maxConcurrent?: number;
  connectTimeout?: string;
  /** Types of events that it records itself, in words. */
  events?: Record<string, string>;
  /** Path of a file with the secret that it records them with. */
  secretFile?: string;
  /** By `operationId` of its document. */
  operations?: Record<string, OperationEntry>;
}

export interface ServicesFile {
  file: YamlFile;
  roles: Record<string, string[]>;
  scopes: Record<string, string>;
  services: Record<string, ServiceEntry>;
}

// Types are not coerced: a port number is no address.
const ajv = new Ajv2020({ allErrors: true, strict: false });
const checkFile = ajv.compile<Omit<ServicesFile, 'file'>>(SERVICES_SCHEMA);
const checkOperation = ajv.compile<OperationEntry>(OPERATION_SCHEMA);

/** @throws ServicesFault */
export function readServicesFile(name: string): ServicesFile {
  const file = readYamlFile(name);
  const { value } = file;
  if (checkFile(value))
    return { file, roles: value.roles ?? {}, scopes: value.scopes ?? {}, services: value.services };
  throw new ServicesFault(faultsOf(file, [], value, checkFile.errors ?? []));
}

/**
 * `x-trivium` of an operation in a service's own document.
 * @throws ServicesFault
 */
export function readOperationEntry(file: YamlFile, place: Place, value: unknown): OperationEntry {
  if (checkOperation(value)) return value;
  throw new ServicesFault(faultsOf(file, place, value, checkOperation.errors ?? []));
}

function faultsOf(file: YamlFile, at: Place, value: unknown, errors: readonly ErrorObject[]): string[] {
  const reported = errors.filter(({ keyword }) => !['oneOf', 'propertyNames', 'required'].includes(keyword));
  const missing = errors.filter(
    ({ keyword, schemaPath }) => keyword === 'required' && !/anyOf/.test(schemaPath),
  );
  const faults = [...reported, ...missing].map((error) => {
    const place = [...at, ...placeIn(value, error.instancePath)];
    const extra = (error.params as Record<string, unknown>)['additionalProperty'];
    const where = typeof extra === 'string' ? [...place, extra] : place;
    return file.fault(where, `${where.join('.') || 'the file'} ${sentence(error)}`);
  });
  return [...new Set(faults)];
}

/** RFC 6901; indexes become numbers, as the YAML library wants them. */
function placeIn(value: unknown, pointer: string): Place {
  let here = value;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(here) ? Number(name) : name;
      here = isRecord(here) ? here[step] : undefined;
      return step;
    });
}

const FORMS: [RegExp, string][] = [
  [/6\}ms\|/, 'must be a time such as 500ms, 30s or 2m, at most 9999m'],
  [/KiB/, 'must be a size such as 64KiB or 1MiB'],
  [/https\?/, 'must be an http or https URL without query, fragment and credentials'],
  [/\(_\[a-z\]\+\)\*\\\./, 'must be a type of event such as order.created'],
  [/A-Za-z0-9\._~-/, 'must be a path such as /orders, without a slash at its end'],
  [/a-z0-9_-/, 'must be lower-case letters, digits, `_` and `-`, beginning with a letter, at most 64'],
  [/a-z0-9-/, 'must be lower-case letters, digits and `-`, beginning with a letter, at most 32'],
  [/\\\[\\\]/, 'must be a scope: no blanks, quotation marks or backslashes, at most 280 characters'],
];

function sentence({ keyword, params, message = 'is wrong', propertyName }: ErrorObject): string {
  const found = params as Record<string, unknown>;
  const subject = propertyName === undefined ? '' : `(its member ${propertyName}) `;
  if (keyword === 'pattern')
    return subject + (FORMS.find(([form]) => form.test(String(found['pattern'])))?.[1] ?? message);
  if (keyword === 'additionalProperties') return 'is not known here';
  if (keyword === 'required') return `lacks ${String(found['missingProperty'])}`;
  if (keyword === 'enum') return `must be one of ${String(found['allowedValues'])}`;
  if (keyword === 'anyOf')
    return 'opens the operation to nobody; name the scopes of `user`, `apiKey` or `app`';
  return subject + message;
}
