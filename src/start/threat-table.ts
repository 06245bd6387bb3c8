/** The table in docs/threat-model.md: texts from docs/threat-model.yaml, the rest from the contract. */
import { operationsOf, type ContractDocument, type OperationSource } from '../contract/document.ts';

/** The threat analysis of an operation. */
export interface Threat {
  /** Possible abuse. */
  abuse: string;
  /** The rule against it. */
  rule: string;
  /** Files or folders of tests of that rule. */
  tests: string[];
}

/** @returns one sentence for each fault in the entries */
export function threatFaults(operations: Iterable<string>, threats: Record<string, Threat>): string[] {
  const known = new Set(operations);
  const write =
    'write its possible abuse, the rule against it, and the tests of that rule (abuse, rule, tests)';
  return [
    ...[...known]
      .filter((id) => !Object.hasOwn(threats, id))
      .map((id) => `docs/threat-model.yaml has no entry for ${id}: ${write}`),
    ...Object.keys(threats)
      .filter((id) => !known.has(id))
      .map((id) => `docs/threat-model.yaml has an entry for ${id}, which is not an operation: delete it`),
  ];
}

const BEGIN = /<!-- operations: [^>]*-->/;
const END = '<!-- /operations -->';

/**
 * @param page with two marker comments for the table
 * @param threats by operation; one without an entry gets no row, which test/house/threat-model.test.ts reports
 */
export function withThreatTable(
  page: string,
  contract: ContractDocument,
  threats: Record<string, Threat>,
): string {
  const [begin] = BEGIN.exec(page) ?? [];
  const [before, after] = begin === undefined ? [] : [page.split(begin)[0], page.split(END)[1]];
  if (begin === undefined || before === undefined || after === undefined)
    throw new Error('docs/threat-model.md has no place for the table of operations');
  return [before + begin, ...tables(contract, threats), bounds(contract), END + after].join('\n\n');
}

function tables(contract: ContractDocument, threats: Record<string, Threat>): string[] {
  const operations = Array.from(operationsOf(contract), ([, , source]) => source);
  return (contract.tags ?? []).map(({ name }) => {
    const rows = operations
      .filter(({ tags = [] }) => tags[0] === name)
      .flatMap((one) => row(one, threats[one.operationId]) ?? []);
    return [`### ${name}`, '', HEAD, ...rows].join('\n');
  });
}

const HEAD =
  '| operation | callers and scopes | stores | possible abuse | rule | tests |\n| - | - | - | - | - | - |';

function row(operation: OperationSource, threat: Threat | undefined): string | undefined {
  if (!threat) return undefined;
  const stores = operation['x-stores'];
  const cells = [
    code(operation.operationId),
    callers(operation.security ?? []),
    Array.isArray(stores) ? stores.map(code).join(', ') : 'nothing',
    threat.abuse,
    threat.rule,
    threat.tests.map(code).join(', '),
  ];
  return `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** Groups schemes with the same scopes. */
function callers(security: Record<string, string[]>[]): string {
  if (security.length === 0) return 'anybody';
  const byScopes = new Map<string, string[]>();
  const alternatives = security.flatMap((one) =>
    Object.entries(Object.keys(one).length === 0 ? { anybody: [] } : one),
  );
  for (const [scheme, scopes] of alternatives) {
    const needed = scopes.map(code).join(' and ');
    byScopes.set(needed, [...(byScopes.get(needed) ?? []), scheme]);
  }
  return [...byScopes]
    .map(([scopes, schemes]) => schemes.join(', ') + (scopes === '' ? '' : `: ${scopes}`))
    .join('; ');
}

function bounds(contract: ContractDocument): string {
  const always = (contract['x-stored-always'] ?? []).map(code).join(', ');
  const rows = Object.entries(contract['x-stored'] ?? {}).map(
    ([name, bound]) => `| ${code(name)} | ${bound} |`,
  );
  return [
    '### Bounds of stored data',
    `Stored by any request: ${always}.`,
    ['| data | bound |', '| - | - |', ...rows].join('\n'),
  ].join('\n\n');
}

const code = (text: string): string => `\`${text}\``;
