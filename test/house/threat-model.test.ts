/** The threat model says something of every operation, and names nothing that isn't there. */
import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { loadContract } from '../../src/contract/load-contract.ts';
import { counts, levelTwo } from './asvs.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/threat-model.md', root), 'utf8');
const operations = [...loadContract().operations.keys()];
const WHERE = 'write its entry (abuse, rule, tests) in docs/threat-model.yaml and run `npm run generate`';
const TEST = /\btest\/[\w./-]+/g;
const testsIn = (text: string): string[] => text.match(TEST) ?? [];
/** Cells of a row: operation, who, leaves behind, abuse, rule, tests. */
const CELLS = 6;

const section = (text: string, title: string) => {
  const from = text.indexOf(`\n## ${title}`);
  const to = text.indexOf('\n## ', from + 1);
  return from === -1 ? '' : text.slice(from, to === -1 ? undefined : to);
};

const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** One sentence for each fault in the table of operations. */
function faultsOf(text: string, known: readonly string[]): string[] {
  const rows = rowsOf(section(text, 'Operations')).filter(
    // The table of stored data has two columns.
    (cells) => cells.length > 2 && /^`[A-Za-z]+`$/.test(cells[0]!),
  );
  const byId = new Map(rows.map((cells) => [cells[0]!.slice(1, -1), cells]));
  const missing = known
    .filter((id) => !byId.has(id))
    .map((id) => `docs/threat-model.md has no row for ${id}: ${WHERE}`);
  const unfit = [...byId].flatMap(([id, cells]) => {
    if (!known.includes(id))
      return [`docs/threat-model.md has a row for ${id}, which is not an operation: ${WHERE}`];
    if (cells.length !== CELLS || cells.some((cell) => cell.length < 2))
      return [`the row of ${id} in docs/threat-model.md is not filled in: ${WHERE}`];
    return testsIn(cells.at(-1)!).length === 0
      ? [`the row of ${id} in docs/threat-model.md names no test: ${WHERE}`]
      : [];
  });
  return [...missing, ...unfit];
}

/** Names of tests that aren't there. */
const unknownTests = (text: string): string[] =>
  testsIn(text).filter((name) => !existsSync(new URL(name, root)));

describe('the threat model', () => {
  it('has a row for every operation, filled in and with tests', () => {
    expect(faultsOf(page, operations)).to.deep.equal([]);
  });

  it('would miss an operation that is new, gone, not filled in or untested', () => {
    const row = (id: string, tests = '`test/house/`') =>
      `| \`${id}\` | everybody | nothing | abuse | rule | ${tests} |\n`;
    const said = (...rows: string[]) => faultsOf(`\n## Operations\n${rows.join('')}`, ['getX', 'getY']);
    expect(said(row('getX'), row('getY'))).to.deep.equal([]);
    expect(said(row('getX'))).to.deep.equal([`docs/threat-model.md has no row for getY: ${WHERE}`]);
    expect(said(row('getX'), row('getY'), row('getZ'))[0]).to.include('getZ, which is not an operation');
    expect(said(row('getX'), row('getY').replace('| rule |', '|  |'))[0]).to.include(
      'getY in docs/threat-model.md is not filled in',
    );
    expect(said(row('getX'), row('getY', 'none'))[0]).to.include(
      'getY in docs/threat-model.md names no test',
    );
    // Two tables of the same name, or a row elsewhere, are no row.
    expect(faultsOf(`\n## Other\n${row('getX')}`, ['getX'])).to.have.length(1);
  });

  for (const name of ['docs/threat-model.md', 'docs/threat-model.yaml', 'SECURITY.md'])
    it(`${name} names tests that are there`, () => {
      const text = readFileSync(new URL(name, root), 'utf8');
      expect(unknownTests(text), `${name} names tests that aren't there`).to.deep.equal([]);
      expect(unknownTests(`${text} test/house/none.test.ts`)).to.deep.equal(['test/house/none.test.ts']);
    });

  it('has a test for each of the twelve invariants', () => {
    const rows = rowsOf(section(page, 'Invariants')).filter(([first]) => /^\d+$/.test(first!));
    expect(rows.map(([number]) => Number(number))).to.deep.equal(Array.from({ length: 12 }, (_, i) => i + 1));
    for (const [number, , tests] of rows) expect(testsIn(tests!), `invariant ${number}`).to.not.be.empty;
  });

  it('has a test for each of the API Security Top 10', () => {
    const rows = rowsOf(section(page, 'OWASP API')).filter(([first]) => /^API\d/.test(first!));
    const names = rows.map(([name]) => /^API\d+/.exec(name!)![0]);
    expect(names).to.deep.equal(Array.from({ length: 10 }, (_, i) => `API${i + 1}`));
    for (const [name, , tests] of rows) expect(testsIn(tests!), name).to.not.be.empty;
  });

  it('says of each requirement of the ASVS up to level 2 how it is held, or that it is not', () => {
    expect(counts).to.deep.equal([70, 183, 92]);
    const rows = rowsOf(section(page, 'OWASP ASVS')).filter(([first]) => first!.startsWith('v5.0.0-'));
    expect(rows.flatMap(([ids]) => ids!.split(', ')).sort()).to.deep.equal([...levelTwo].sort());
    for (const [ids, how, shown] of rows) {
      const isElsewhere = /\*\*Authority\*\*|\*\*Deployment\*\*|Doesn't apply/.test(how!);
      expect(testsIn(shown!).length > 0 || shown!.includes('**Gap**') || isElsewhere, ids).to.equal(true);
    }
  });
});
