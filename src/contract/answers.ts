/** Which answers every operation of a kind can give, whatever its handler does; its description must include them. */
import { ContractFault } from './contract-fault.ts';
import type { Contract, OperationDescription, SchemeName } from './load-contract.ts';

/** Reference to the shared description of each status. */
const SHARED: Readonly<Record<number, string>> = {
  202: 'relay-answers.yaml#/Accepted',
  400: 'error-answers.yaml#/BadRequest',
  401: 'error-answers.yaml#/Unauthorized',
  403: 'error-answers.yaml#/Forbidden',
  406: 'error-answers.yaml#/NotAcceptable',
  408: 'error-answers.yaml#/RequestTimeout',
  413: 'error-answers.yaml#/ContentTooLarge',
  415: 'error-answers.yaml#/UnsupportedMediaType',
  422: 'error-answers.yaml#/UnprocessableContent',
  429: 'error-answers.yaml#/TooManyRequests',
  500: 'error-answers.yaml#/InternalError',
  502: 'error-answers.yaml#/BadGateway',
  503: 'error-answers.yaml#/ServiceUnavailable',
};

/** The same for operations with OAuth errors (`x-errors: oauth`). */
const SHARED_OAUTH: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(SHARED).map(([status, ref]) => [
    status,
    ref.replace('error-answers', 'oauth-answers').replace('BadRequest', 'BadMetadata'),
  ]),
);

/** Each grants full access to one resource: a credential of these schemes is refused, or suffices. */
const SUFFICIENT: readonly SchemeName[] = ['registrationToken', 'service', 'eventStream'];

/** @throws ContractFault that names each missing answer, and what to write for it */
export function checkAnswers({ operations }: Contract): void {
  for (const operation of operations.values()) {
    const missing = impliedBy(operation).filter(([status]) => !operation.answers.has(status));
    if (missing.length === 0) continue;
    const isOauth = operation.errors === 'oauth';
    const lines = missing.map(([status, why]) => {
      const ref = (isOauth && SHARED_OAUTH[status]) || SHARED[status];
      return `\`'${status}': { $ref: ../${ref} }\` (${why})`;
    });
    throw new ContractFault(`${operation.id}: responses lack ${lines.join('; ')}`);
  }
}

function impliedBy(operation: OperationDescription): [status: number, why: string][] {
  const { method, security, parameters, body, errors, isRelayed } = operation;
  const always = 'any request can be answered with it';
  const found: [number, string][] = [400, 406, 429, 500].map((status) => [status, always]);
  if (security.size > 0) {
    found.push([401, 'it requires a credential'], [503, 'credentials are looked up in Redis']);
    if ([...security.keys()].some((scheme) => !SUFFICIENT.includes(scheme)))
      found.push([403, 'a credential may not suffice']);
  }
  if (isRelayed) found.push([502, 'it is relayed'], [503, 'it is relayed']);
  if (method !== 'get') found.push([502, 'the outcome of a change can be unknown']);
  if (parameters.some(({ name }) => name === 'Prefer')) found.push([202, 'it takes `Prefer`']);
  if (body) {
    found.push(...[408, 413, 415].map((status): [number, string] => [status, 'it has a body']));
    if (errors !== 'oauth') found.push([422, 'it has a body']);
  }
  return [...new Map(found)];
}
