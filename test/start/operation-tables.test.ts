/** The tables of operations follow from the contract and the names of files: what is missing is named, with what to write and where. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { loadContract } from '../../src/contract/load-contract.ts';
import { operationTables } from '../../src/start/operation-tables.ts';
import { threatFaults } from '../../src/start/threat-table.ts';

const contract = loadContract();
const root = new URL('../../', import.meta.url);
const listReal = (folder: string) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name}`,
  );
const readReal = (file: string) => readFileSync(new URL(file, root), 'utf8');

interface Change {
  without?: string;
  with?: string;
  /** File → another text. */
  text?: Record<string, string>;
}

/** Of the real project, but for a change. */
function made(change: Change = {}) {
  return operationTables(contract, {
    list: (folder) => [
      ...listReal(folder).filter((file) => file !== change.without),
      ...(change.with?.startsWith(`${folder}/`) ? [change.with] : []),
    ],
    read: (file) => change.text?.[file] ?? readReal(file),
  });
}

const TABLE: [what: string, change: Change, sentence: string][] = [
  [
    'a handler',
    { without: 'src/operations/tenant/getTenant.ts' },
    "src/operations/tenant/getTenant.ts is missing: write `export const getTenant: Operation<'getTenant', 'registry'> = (call) => …`, whose second name is a service that it uses",
  ],
  [
    'the handler of a relay operation',
    { without: 'src/operations/users/getUser.ts' },
    "src/operations/users/getUser.ts is missing: write `export const getUser: Operation<'getUser', Relaying> = (call) => relayed(call, { … }, toAnswer)` and `export const toAnswer: RelayedAnswer<'getUser'>",
  ],
  [
    'how it answers',
    { text: { 'src/operations/users/getUser.ts': 'export const getUser = 1;' } },
    "src/operations/users/getUser.ts does not export toAnswer: write `export const toAnswer: RelayedAnswer<'getUser'>",
  ],
  [
    'an export of the right name',
    { text: { 'src/operations/tenant/getTenant.ts': 'export const getTenat = 1;' } },
    'src/operations/tenant/getTenant.ts does not export getTenant: write `export const getTenant',
  ],
  [
    'a job',
    { without: 'src/relay/jobs/getUser.ts' },
    'src/relay/jobs/getUser.ts is missing: write `export const getUser = relayJob<',
  ],
  [
    'a performer',
    { without: 'workers/relay/getUser.ts' },
    "workers/relay/getUser.ts is missing: write `export const getUser: Performer<'getUser'>",
  ],
  [
    'an operation of a handler',
    { with: 'src/operations/users/getNobody.ts' },
    'src/operations/users/getNobody.ts handles no operation',
  ],
  [
    '`x-relay` of a job',
    { with: 'src/relay/jobs/getTenant.ts' },
    'src/relay/jobs/getTenant.ts declares the job of getTenant, which is not relayed: write `x-relay: getTenant`',
  ],
  [
    '`x-relay` of a performer',
    { with: 'workers/relay/getTenant.ts' },
    'workers/relay/getTenant.ts performs the job of getTenant, which is not relayed: write `x-relay: getTenant`',
  ],
];

describe('the tables of operations', () => {
  it('lack nothing, and are those that stand in the project', () => {
    expect(made().faults).to.deep.equal([]);
    expect(Object.keys(made().files)).to.have.length(5);
  });

  for (const [what, change, sentence] of TABLE)
    it(`miss ${what}`, () => {
      const { faults } = made(change);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.include(sentence);
    });

  it('hold what is there, when something is missing: the compiler then names it, too', () => {
    const { files } = made({ without: 'workers/relay/getUser.ts' });
    const table = files['workers/relay/generated-performers.ts'];
    expect(table).to.match(/^ {2}getUserRoles,$/m);
    expect(table).to.not.match(/^ {2}getUser,$/m);
  });

  it('do not mind files in kebab-case, and other endings', () => {
    for (const file of [
      'src/operations/users/get-nobody.ts',
      'workers/relay/getNobody.lua',
      'workers/relay/nobody.ts',
    ])
      expect(made({ with: file }).faults, file).to.deep.equal([]);
  });
});

describe('entries of the threat model', () => {
  it('that are missing or left over are named', () => {
    const entry = { abuse: 'a', rule: 'b', tests: [] };
    expect(threatFaults(['getX', 'getY'], { getX: entry, getZ: entry })).to.deep.equal([
      'docs/threat-model.yaml has no entry for getY: write its possible abuse, the rule against it, and the tests of that rule (abuse, rule, tests)',
      'docs/threat-model.yaml has an entry for getZ, which is not an operation: delete it',
    ]);
  });
});
