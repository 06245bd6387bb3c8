/** Validators for requests and answers, compiled from the contract at start. */
import { Ajv2020, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { INSTANT_RULE, readInstant } from './instant.ts';
import type { Contract, OperationDescription, ParameterDescription } from './load-contract.ts';
import { LinearPatterns, TooMuchText } from './patterns/linear-patterns.ts';
import { addUniqueItems } from './unique-items.ts';
import { withoutEmpty } from './without-empty.ts';

const CONTRACT = 'trivium:contract';

export interface Fault {
  /** RFC 6901. */
  pointer: string;
  /** The violated keyword. */
  code: string;
  message: string;
}

/** Returns undefined when the value is valid. Fills in defaults; coerces parameters from text to their types. */
export type Check = (value: unknown) => Fault[] | undefined;

export interface OperationValidators {
  /** Cookies are left to their operation: a browser that has an old one must not be refused for it. */
  parameters: Record<Exclude<ParameterDescription['in'], 'cookie'>, Check>;
  /** By media type of the request's body. */
  bodies: Map<string, Check>;
  /** By status and media type of the answer. */
  answers: Map<number, Map<string, Check>>;
}

export interface Validators {
  forOperation(operation: OperationDescription): OperationValidators;
  /** A schema of `components/schemas`. */
  forSchema(name: string): Check;
}

/**
 * For values longer than this as JSON, only the first fault is reported: ten thousand unknown members would be as many
 * faults.
 */
const MAX_LENGTH_FOR_ALL = 2_048;

/**
 * Compiles one schema alone, as `schemaOf` returns it: a validator of the whole contract takes ten times the memory.
 * Checks with a validator that stops at the first fault first, since most values are valid.
 */
export function createSchemaCheck(schema: object): Check {
  const checkFor = (allErrors: boolean) => {
    const ajv = new Ajv2020({ strict: false, useDefaults: true, allErrors });
    addFormats(ajv);
    return compile(ajv, schema);
  };
  const all = checkFor(true);
  return boundedCheck(checkFor(false), () => all);
}

/** @param first stops at the first fault. @param all goes on, for short values */
function boundedCheck(first: Check, all: () => Check): Check {
  return (value) => {
    const faults = first(value);
    return faults && JSON.stringify(value).length <= MAX_LENGTH_FOR_ALL ? all()(value) : faults;
  };
}

/** A schema of `components/schemas`, with the schemas it references at the paths it expects. */
export function schemaOf({ document }: Pick<Contract, 'document'>, name: string): object {
  const schemas: Record<string, object> = document.components?.schemas ?? {};
  const named: Record<string, object> = {};
  const collect = (schema: object = {}): void => {
    for (const [, other = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      const found = schemas[other];
      if (!found || named[other]) continue;
      named[other] = found;
      collect(found);
    }
  };
  collect(schemas[name]);
  return { ...schemas[name], components: { schemas: named } };
}

export function createValidators(contract: Contract, patterns = new LinearPatterns()): Validators {
  const compiler = (options: object) => compileOnce(validator(contract, patterns, options), patterns);
  const inputs = compiler({ useDefaults: true });
  const firstFaults = compiler({ useDefaults: true, allErrors: false });
  const texts = compiler({ useDefaults: true, coerceTypes: true });
  const outputs = compiler({});
  const bodyCheck = (schema: object, { service }: OperationDescription): Check =>
    // Bodies of ours are short, or have few members.
    service === undefined ? inputs(schema) : boundedCheck(firstFaults(schema), () => inputs(schema));
  return {
    forSchema: (name) => inputs({ $ref: reference(`/components/schemas/${name}`) }),
    forOperation: (operation) => ({
      parameters: {
        path: texts(parameterSchema(operation, 'path')),
        query: texts(parameterSchema(operation, 'query')),
        header: texts(parameterSchema(operation, 'header')),
      },
      bodies: new Map(
        [...(operation.body?.schemaPointers ?? [])].map(([type, at]) => [
          type,
          bodyCheck({ $ref: reference(at) }, operation),
        ]),
      ),
      answers: new Map(
        [...operation.answers].map(([status, { schemaPointers }]) => [
          status,
          new Map([...schemaPointers].map(([type, at]) => [type, outputs({ $ref: reference(at) })])),
        ]),
      ),
    }),
  };
}

function validator(contract: Contract, patterns: LinearPatterns, options: object): Ajv2020 {
  // `code` is for validators that are written into files, which these are not.
  const regExp = Object.assign((source: string) => patterns.pattern(source), { code: '' });
  // The contract as a whole is not a JSON Schema, hence `strict: false`; Redocly lints it when it is generated.
  // Documents of services may name formats that nobody here knows; these are not checked.
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, code: { regExp }, ...options });
  addFormats(ajv);
  addEmptyAsAbsent(ajv);
  addUniqueItems(ajv);
  ajv.addSchema(contract.document, CONTRACT);
  return ajv;
}

/**
 * `date-time` uses our parser: the library's own accepts leap seconds and blanks. Its `url` takes minutes for some long
 * texts; the others were checked, and take linear time.
 */
function addFormats(ajv: Ajv2020): void {
  formats.default(ajv);
  ajv.addFormat('url', (text) => /^(?:https?|ftp):\/\/\S+$/i.test(text) && URL.canParse(text));
  ajv.addFormat('date-time', { type: 'string', validate: (text: string) => readInstant(text) !== undefined });
}

/** `x-empty: absent` on an object: null and empty members are removed before validation. */
function addEmptyAsAbsent(ajv: Ajv2020): void {
  ajv.addKeyword({
    keyword: 'x-empty',
    type: 'object',
    metaSchema: { const: 'absent' },
    modifying: true,
    errors: false,
    before: 'required',
    validate: (_: 'absent', value: Record<string, unknown>, schema: AnySchemaObject = {}) => {
      const required: unknown = schema['required'];
      const said = withoutEmpty(value, Array.isArray(required) ? required : []);
      for (const name of Object.keys(value)) if (!(name in said)) delete value[name];
      return true;
    },
  });
}

function reference(pointer: string): string {
  return `${CONTRACT}#${pointer.split('/').map(encodeURIComponent).join('/')}`;
}

/** All parameters of one place as one object. Unknown query parameters are an error; unknown header fields are not. */
function parameterSchema(operation: OperationDescription, place: ParameterDescription['in']): object {
  const here = operation.parameters.filter((parameter) => parameter.in === place);
  const key = (name: string) => (place === 'header' ? name.toLowerCase() : name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      here.map(({ name, schemaPointer }) => [key(name), { $ref: reference(schemaPointer) }]),
    ),
    required: here.filter(({ required }) => required).map(({ name }) => key(name)),
    additionalProperties: place !== 'query' || !operation.isQueryClosed,
  };
}

/**
 * Most operations share problems, headers and parameters: each schema is compiled once, which is most of the start-up
 * time.
 */
function compileOnce(ajv: Ajv2020, patterns: LinearPatterns): (schema: object) => Check {
  const compiled = new Map<string, Check>();
  return (schema) => {
    const text = JSON.stringify(schema);
    const check = compiled.get(text) ?? withinBounds(patterns, compile(ajv, schema));
    compiled.set(text, check);
    return check;
  };
}

const TOO_MUCH_TEXT: Fault = {
  pointer: '',
  code: 'pattern',
  message: 'has more text than its patterns can be tried on; send less at once',
};

function withinBounds(patterns: LinearPatterns, check: Check): Check {
  return (value) => {
    patterns.begin();
    try {
      return check(value);
    } catch (error) {
      if (error instanceof TooMuchText) return [TOO_MUCH_TEXT];
      throw error;
    }
  };
}

function compile(ajv: Ajv2020, schema: object): Check {
  const validate: ValidateFunction = ajv.compile(schema);
  return (value) => (validate(value) ? undefined : (validate.errors ?? []).map(fault));
}

function fault(error: ErrorObject<string, Record<string, unknown>>): Fault {
  const { params } = error;
  const name = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  const inner = typeof name === 'string' ? '/' + name.replaceAll('~', '~0').replaceAll('/', '~1') : '';
  const allowed = params['allowedValues'];
  return {
    pointer: error.instancePath + inner,
    code: error.keyword,
    message: Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : textOf(error),
  };
}

function textOf({ keyword, params, message }: ErrorObject<string, Record<string, unknown>>): string {
  const isInstant = keyword === 'format' && params['format'] === 'date-time';
  return isInstant ? INSTANT_RULE : (message ?? 'is wrong');
}
