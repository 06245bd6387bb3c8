/** Calls the API over HTTP, and holds every answer against the contract: status, media type, body. */
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { createValidators, type OperationValidators } from '../../src/contract/validators.ts';
import { world } from './world.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, else text. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
}

interface Options {
  /** Value of `Authorization`. */
  as?: string | undefined;
  /** An object is sent as JSON; text and bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Which API process; the first when left out. */
  api?: 0 | 1;
  /** Address of another API process. */
  at?: string;
}

const contract = loadContract();
const validators = createValidators(contract);
const routes = [...contract.operations.values()].map((description) => ({
  description,
  pattern: new RegExp(`^${description.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  validators: validators.forOperation(description),
}));
const problem = validators.forSchema('Problem');

export async function call(method: string, path: string, options: Options = {}): Promise<Answer> {
  const { apis } = await world();
  const isRaw = typeof options.body === 'string' || options.body instanceof Uint8Array;
  const response = await fetch((options.at ?? apis[options.api ?? 0]) + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(options.as === undefined ? {} : { authorization: options.as }),
      ...(options.body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: isRaw ? (options.body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  const answer: Answer = {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
  };
  const matching = routes.find(
    ({ pattern, description }) =>
      pattern.test(new URL(path, 'http://x').pathname) && description.method === method.toLowerCase(),
  );
  if (method !== 'HEAD') holdAgainstContract(answer, matching);
  return answer;
}

interface Route {
  description: OperationDescription;
  validators: OperationValidators;
}

function holdAgainstContract(answer: Answer, route: Route | undefined): void {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]!;
  const id = route?.description.id ?? 'no operation';
  const fail = (what: string) => {
    throw new Error(
      `${id} answered ${answer.status}, against the contract: ${what}\n${JSON.stringify(answer.body)}`,
    );
  };
  if (!answer.headers.get('x-request-id')) fail('no request id');
  if (!route) {
    if (answer.status < 400) fail('an address that the contract does not know');
    const faults = problem(answer.body);
    if (faults) fail(JSON.stringify(faults));
    return;
  }
  const byType = route.validators.answers.get(answer.status);
  if (!byType) return fail('this status is not described');
  const documented = route.description.answers.get(answer.status)!.fields;
  for (const name of ['RateLimit', 'RateLimit-Policy'])
    if (answer.headers.has(name) && !documented.has(name)) fail(`${name} is not described`);
  const types = [...route.description.answers].flatMap(([status, { schemaPointers }]) =>
    status < 400 ? [...schemaPointers.keys()] : [],
  );
  const vary = answer.headers.get('vary') ?? '';
  if (answer.status < 400 && new Set(types).size > 1 && !/\baccept\b/i.test(vary)) fail('no Vary: Accept');
  if (byType.size === 0) return answer.body === '' ? undefined : fail('it has a body');
  const check = byType.get(type);
  if (!check) return fail(`media type ${type} is not described`);
  const faults = /json/.test(type) ? check(answer.body) : undefined;
  if (faults) fail(JSON.stringify(faults));
}
