/**
 * The parts used of the document that `npm run generate` bundles. Redocly validates its form, this folder its
 * extensions.
 */
export type ContractDocument = {
  info?: { title?: string };
  paths: Record<string, Partial<Record<Method, OperationSource>>>;
  tags?: { name: string }[];
  components?: {
    schemas?: Record<string, { enum?: string[] }>;
    headers?: Record<string, object>;
    parameters?: Record<string, object>;
    responses?: Record<string, AnswerSource>;
  };
  'x-scopes'?: Record<string, string>;
  'x-role-scopes'?: Record<string, string[]>;
  'x-stored'?: Record<string, string>;
  'x-stored-always'?: string[];
  /** Only in a merged contract: types of events that services record themselves, in words. */
  'x-event-types'?: Record<string, string>;
};

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface OperationSource {
  operationId: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: (Reference | ParameterSource)[];
  requestBody?: BodySource;
  responses?: Record<string, Reference | AnswerSource>;
  'x-event'?: string;
  'x-self'?: string;
  'x-errors'?: string;
  'x-scopes-of'?: string;
  'x-reachable'?: boolean;
  'x-relay'?: unknown;
  /** Only in a merged contract: the operator's service that answers it. */
  'x-service'?: string;
  /** Only in a merged contract: it has query parameters whose form is not checked here. */
  'x-open-query'?: boolean;
  'x-cors'?: unknown;
  'x-stores'?: unknown;
  'x-roles'?: unknown;
}

export interface Reference {
  $ref: string;
}

export interface ParameterSource {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  /** Only in a merged contract. */
  'x-list'?: 'repeated' | 'commas';
}

export interface BodySource {
  required?: boolean;
  content?: Record<string, object>;
  'x-stream'?: boolean;
  'x-max-bytes'?: number;
}

export interface AnswerSource {
  description?: string;
  headers?: Record<string, object>;
  content?: Record<string, object>;
}

const METHODS: Method[] = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation, in the contract's order of paths. */
export function* operationsOf({
  paths,
}: Pick<ContractDocument, 'paths'>): Generator<[path: string, method: Method, source: OperationSource]> {
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const source = item[method];
      if (source) yield [path, method, source];
    }
  }
}
