/**
 * Generates the tables of operations: handlers, relay jobs, performers and answers. They follow from the contract and from file names, so
 * nobody maintains them by hand; missing parts are reported, with what to write.
 */
import type { Contract, OperationDescription } from '../contract/load-contract.ts';

/** Locations of an operation's parts. Files are named exactly like the operation. */
const HANDLERS = 'src/operations';
const JOBS = 'src/relay/jobs';
const PERFORMERS = 'workers/relay';

export interface Sources {
  /** Paths of every file below a folder of the project. */
  list: (folder: string) => readonly string[];
  read: (file: string) => string;
}

export interface OperationTables {
  /** Path → source. */
  files: Record<string, string>;
  /** Missing and superfluous parts, one sentence each. */
  faults: string[];
}

export function operationTables(contract: Contract, sources: Sources): OperationTables {
  const all = [...contract.operations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const relayed = all.filter(({ isRelayed }) => isRelayed);
  const faults: string[] = [];
  const look = (part: Part, operations: readonly OperationDescription[]) => {
    const looked = find(part, operations, contract, sources);
    faults.push(...looked.faults);
    return looked.found;
  };
  const handlers = look(handlerPart, all);
  const jobs = look(jobPart, relayed);
  const performers = look(performerPart, relayed);
  const answers = handlers.filter(({ id }) => relayed.some((operation) => operation.id === id));
  return {
    files: {
      'src/contract/generated-callers.ts': callersOf(all),
      [`${HANDLERS}/generated-handlers.ts`]: handlersTable(handlers),
      [`${HANDLERS}/generated-answers.ts`]: answersTable(answers),
      [`${JOBS}/generated-jobs.ts`]: jobsTable(jobs),
      [`${PERFORMERS}/generated-performers.ts`]: performersTable(performers),
    },
    faults,
  };
}

/** Finds one part of those operations that need it. */
function find(
  part: Part,
  operations: readonly OperationDescription[],
  contract: Contract,
  sources: Sources,
): { found: Found[]; faults: string[] } {
  const files = new Map(sources.list(part.folder).flatMap((file) => namedFor(file, contract)));
  const faults = [...files]
    .filter(([id]) => !operations.some((operation) => operation.id === id))
    .map(([id, file]) => part.leftOver(file, id));
  const found = operations.flatMap((operation) => {
    const file = files.get(operation.id);
    if (file === undefined) {
      faults.push(`${part.place(operation)} is missing: write ${part.write(operation)}`);
      return [];
    }
    const lacking = part.exports(operation).filter((name) => !exportsOf(sources.read(file)).has(name));
    for (const name of lacking)
      faults.push(
        `${file} does not export ${name}: write ${name === 'toAnswer' ? ANSWER(operation) : part.write(operation)}`,
      );
    return lacking.length > 0 ? [] : [{ id: operation.id, file }];
  });
  return { found, faults };
}

const handlersTable = (handlers: readonly Found[]): string =>
  table({
    about: 'Every operation and its handler.',
    imports: [
      `import type { OperationId } from '../contract/load-contract.ts';`,
      ...handlers.map(({ id, file }) => `import { ${id} } from '${relative(HANDLERS, file)}';`),
      `import type { Services } from '../services.ts';`,
      `import type { Operation } from './operation.ts';`,
    ],
    declaration: 'export const handlers: { [Id in OperationId]: Operation<Id, keyof Services> }',
    entries: handlers.map(({ id }) => id),
  });

const answersTable = (answers: readonly Found[]): string =>
  table({
    about: 'How each relay operation answers when its outcome is known.',
    imports: [
      `import type { RelayOperationId } from '../relay/jobs/index.ts';`,
      `import type { RelayedAnswer } from './relayed.ts';`,
      ...answers.map(({ id, file }) => `import { toAnswer as ${id} } from '${relative(HANDLERS, file)}';`),
    ],
    declaration: 'export const relayedAnswers: { [Id in RelayOperationId]: RelayedAnswer<Id> }',
    entries: answers.map(({ id }) => id),
  });

const jobsTable = (jobs: readonly Found[]): string =>
  table({
    about: 'Every relay job.',
    imports: jobs.map(({ id, file }) => `import { ${id} } from '${relative(JOBS, file)}';`),
    declaration: 'export const relayJobs',
    entries: jobs.map(({ id }) => id),
  });

const performersTable = (performers: readonly Found[]): string =>
  table({
    about: 'Who performs each relay job.',
    imports: [
      `import type { RelayOperationId } from '../../${JOBS}/index.ts';`,
      `import type { Performer } from './performer.ts';`,
      ...performers.map(({ id, file }) => `import { ${id} } from '${relative(PERFORMERS, file)}';`),
    ],
    declaration: 'export const performers: { [Id in RelayOperationId]: Performer<Id> }',
    entries: performers.map(({ id }) => id),
  });

interface Found {
  id: string;
  file: string;
}

/** A file that a developer writes for an operation. */
interface Part {
  folder: string;
  place: (operation: OperationDescription) => string;
  write: (operation: OperationDescription) => string;
  exports: (operation: OperationDescription) => string[];
  leftOver: (file: string, id: string) => string;
}

const ANSWER = ({ id }: OperationDescription) =>
  `\`export const toAnswer: RelayedAnswer<'${id}'> = (outcome) => ({ status: …, body: … })\``;
const UNKNOWN = 'write it in openapi/paths/ and name its path in openapi/trivium.yaml, or delete the file';

const handlerPart: Part = {
  folder: HANDLERS,
  place: ({ id, tag }) => `${HANDLERS}/${tag}/${id}.ts`,
  write: (operation) =>
    operation.isRelayed
      ? `\`export const ${operation.id}: Operation<'${operation.id}', Relaying> = (call) => relayed(call, { … }, toAnswer)\` and ${ANSWER(operation)}`
      : `\`export const ${operation.id}: Operation<'${operation.id}', 'registry'> = (call) => …\`, whose second name is a service that it uses`,
  exports: ({ id, isRelayed }) => (isRelayed ? [id, 'toAnswer'] : [id]),
  leftOver: (file, id) => `${file} handles no operation: the contract has no ${id}; ${UNKNOWN}`,
};
const jobPart: Part = {
  folder: JOBS,
  place: ({ id }) => `${JOBS}/${id}.ts`,
  write: ({ id }) =>
    `\`export const ${id} = relayJob<Input, Outcome>()({ name, tenant, access, firstCall, repeat, attempts, keepMs })\` (src/relay/relay-job.ts says what each is)`,
  exports: ({ id }) => [id],
  leftOver: (file, id) => notRelayed(file, id, 'declares the job'),
};
const performerPart: Part = {
  folder: PERFORMERS,
  place: ({ id }) => `${PERFORMERS}/${id}.ts`,
  write: ({ id }) => `\`export const ${id}: Performer<'${id}'> = async (context, input) => …\``,
  exports: ({ id }) => [id],
  leftOver: (file, id) => notRelayed(file, id, 'performs the job'),
};
const notRelayed = (file: string, id: string, what: string) =>
  `${file} ${what} of ${id}, which is not relayed: write \`x-relay: ${id}\` at the operation in openapi/paths/, or delete the file`;

/** A file belongs to an operation when its name is one, or is in camel case like one: all other files are in kebab-case. */
function namedFor(file: string, { operations }: Contract): [id: string, file: string][] {
  const name = /\/(\w+)\.ts$/.exec(file)?.[1] ?? '';
  return [...operations.keys()].some((id) => id === name) || /^[a-z]+[A-Z]/.test(name) ? [[name, file]] : [];
}

function exportsOf(source: string): Set<string> {
  return new Set(
    Array.from(source.matchAll(/^export (?:const|(?:async )?function) (\w+)/gm), ([, name = '']) => name),
  );
}

const relative = (folder: string, file: string): string => `.${file.slice(folder.length)}`;

function table(parts: { about: string; imports: string[]; declaration: string; entries: string[] }): string {
  const { about, imports, declaration, entries } = parts;
  return `/** ${about} */\n${imports.join('\n')}\n\n${declaration} = {\n${entries.map((id) => `  ${id},`).join('\n')}\n};\n`;
}

/** Callers that `security` admits, by scheme: determines the type of a handler's principal. */
function callersOf(operations: readonly OperationDescription[]): string {
  const lines = operations.map(({ id, security, isOpen }) => {
    const callers = [...security.keys(), ...(isOpen || security.size === 0 ? ['nobody'] : [])];
    return `${id}: [${callers.map((caller) => `'${caller}'`).join(', ')}],`;
  });
  return `/** Who may call each operation, by security scheme. */\nexport const callersOf = {\n${lines.join('\n')}\n} as const;\n`;
}
