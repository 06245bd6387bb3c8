/** An operation of a service as the merged contract has it. Pure. */
import type { OperationSource } from '../../contract/document.ts';
import { isRecord } from '../../json.ts';
import type { Location } from './service-document.ts';
import type { OperationEntry } from './services-file.ts';

export const CALLERS = ['user', 'apiKey', 'app'] as const;

/** What can answer before the service does; its document may describe others with these statuses, and they stay. */
const OUR_ANSWERS = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  408: 'RequestTimeout',
  413: 'ContentTooLarge',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableContent',
  429: 'TooManyRequests',
  500: 'InternalError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
};
const TIMEOUT = {
  description: 'The service did not answer in time.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const OF_A_BODY = ['408', '413', '415', '422'];
/** OpenAPI 3.1, "Parameter Object": these are described elsewhere. */
const NO_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** Beside those, of an operation whose idempotency keys are kept here. */
const OF_A_KEY = { 409: { $ref: '#/components/responses/Conflict' } };

interface Parts {
  service: string;
  id: string;
  entry: OperationEntry;
  maxBytes: number;
  /** Our own parameter `Idempotency-Key`. */
  idempotencyKey: object;
}

/** @param document with its references renamed, see `renameReferences` */
export function mergedOperation(
  document: Record<string, unknown>,
  { path, method }: Location,
  { service, id, entry, maxBytes, idempotencyKey }: Parts,
): OperationSource {
  const item = member(member(document, 'paths'), path);
  const operation = member(item, method);
  const body = member(operation, 'requestBody');
  const hasBody = Object.keys(body).length > 0;
  return {
    ...operation,
    operationId: id,
    tags: [service],
    security: CALLERS.flatMap((caller) => (entry[caller] ? [{ [caller]: entry[caller] }] : [])),
    ...described(keyed(parametersOf(document, item, operation), entry, idempotencyKey)),
    ...(hasBody ? { requestBody: { ...resolved(document, body), 'x-max-bytes': maxBytes } } : {}),
    responses: {
      ...ourAnswers(hasBody),
      ...(entry.idempotency ? OF_A_KEY : {}),
      ...numbered(member(operation, 'responses')),
    },
    'x-service': service,
    'x-event': entry.event ?? 'none',
    'x-stores': storedBy(entry),
  };
}

function storedBy({ event, idempotency }: OperationEntry): string[] | 'none' {
  const names = [
    ...(event === undefined ? [] : ['audit_events']),
    ...(idempotency ? ['idempotency_keys'] : []),
  ];
  return names.length > 0 ? names : 'none';
}

/** Where keys are kept here they are as ours are; whether one is required is the service's decision. */
function keyed(
  parameters: Record<string, unknown>[],
  { idempotency }: OperationEntry,
  ours: object,
): Record<string, unknown>[] {
  if (!idempotency) return parameters;
  const isKey = ({ in: place, name }: Record<string, unknown>) =>
    place === 'header' && String(name).toLowerCase() === 'idempotency-key';
  const required = parameters.find(isKey)?.['required'] === true;
  return [...parameters.filter((one) => !isKey(one)), { ...ours, required }];
}

function ourAnswers(hasBody: boolean): NonNullable<OperationSource['responses']> {
  const named = Object.entries(OUR_ANSWERS).filter(([status]) => hasBody || !OF_A_BODY.includes(status));
  const shared = named.map(([status, name]): [string, { $ref: string }] => [
    status,
    { $ref: `#/components/responses/${name}` },
  ]);
  return { ...Object.fromEntries(shared), 504: TIMEOUT };
}

/** `default` and `4XX` describe answers, too, but none that could be checked by its status. */
const numbered = (responses: Record<string, unknown>): OperationSource['responses'] =>
  Object.fromEntries(
    Object.entries(responses).filter(([status]) => /^\d{3}$/.test(status)),
  ) as OperationSource['responses'];

/** Those of the path, unless the operation describes the same one. */
function parametersOf(
  document: Record<string, unknown>,
  item: Record<string, unknown>,
  operation: Record<string, unknown>,
): Record<string, unknown>[] {
  const lists = [item['parameters'], operation['parameters']].map((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  const found = new Map<string, Record<string, unknown>>();
  for (const given of lists.flat()) {
    const parameter = resolved(document, isRecord(given) ? given : {});
    const name = String(parameter['name']);
    const place = String(parameter['in']);
    if (place === 'header' && NO_PARAMETERS.includes(name.toLowerCase())) continue;
    const schema = resolved(document, member(parameter, 'schema'));
    const inPlace = parameter['schema'] === undefined ? parameter : { ...parameter, schema };
    const known = place === 'path' ? { ...inPlace, name: routeName(name) } : inPlace;
    found.set(`${place} ${name}`, known);
  }
  return [...found.values()].filter((parameter) => parameter['in'] !== 'cookie');
}

/** Parameters whose form JSON Schema alone can check, and whether there are others. */
function described(
  parameters: Record<string, unknown>[],
): Pick<OperationSource, 'parameters' | 'x-open-query'> {
  const isPlain = ({ schema, style }: Record<string, unknown>) => isRecord(schema) && style !== 'deepObject';
  const isOpen = parameters.some((one) => one['in'] === 'query' && !isPlain(one));
  const checked = parameters.filter(isPlain).map(withList) as unknown as OperationSource['parameters'];
  return isOpen ? { parameters: checked, 'x-open-query': true } : { parameters: checked };
}

/** OpenAPI 3.1, "Style Values": a list in a query is repeated, unless it is not exploded. */
function withList(parameter: Record<string, unknown>): Record<string, unknown> {
  const { schema, in: place, explode } = parameter;
  if (place !== 'query' || !isRecord(schema) || schema['type'] !== 'array') return parameter;
  return { ...parameter, 'x-list': explode === false ? 'commas' : 'repeated' };
}

/** The router takes letters, digits and `_` in the name of a path parameter. */
export const routeName = (name: string): string => name.replaceAll(/\W/g, '_');

export const routePath = (path: string): string =>
  path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => `{${routeName(name)}}`);

/** Follows a reference to the document's components. */
function resolved(
  document: Record<string, unknown>,
  value: Record<string, unknown>,
): Record<string, unknown> {
  const target = value['$ref'];
  if (typeof target !== 'string') return value;
  const parts = target.split('/').slice(1);
  const found = parts.reduce<unknown>(
    (node, part) => member(node, part.replaceAll('~1', '/').replaceAll('~0', '~')),
    document,
  );
  return resolved(document, isRecord(found) ? found : {});
}

function member(node: unknown, name: string): Record<string, unknown> {
  const found = isRecord(node) ? node[name] : undefined;
  return isRecord(found) ? found : {};
}
