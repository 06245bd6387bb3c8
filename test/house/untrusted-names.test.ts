/**
 * Names from outside are never property names: whatever reads or merges what callers send leaves alone what all objects share, and gives
 * nobody a member that was not sent. In this process prototypes are open, so that a change would be seen.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'node:querystring';
import { structureFault } from '../../src/contract/json-structure.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createSchemaCheck, createValidators, schemaOf } from '../../src/contract/validators.ts';
import { validateInput } from '../../src/http/steps/validate-input.ts';
import type { Context } from '../../src/http/state.ts';
import { lineOf } from '../../src/imports/chunks.ts';
import { checkRow } from '../../src/imports/ingest/check-row.ts';
import type { UploadFormat } from '../../src/imports/parsing/read-upload.ts';
import { Problem } from '../../src/problem.ts';
import { recordOf } from '../../workers/imports/import-jobs/batch-file.ts';
import { read } from '../imports/parsing/read.ts';
import { isSame, jsonTexts, names, sharedState } from './untrusted-names.ts';

const contract = loadContract();
const validators = createValidators(contract);
const rules = {
  check: createSchemaCheck(schemaOf(contract, 'ImportedUser')),
  assignable: ['member'],
  grantable: ['member'],
};

/** Holds of each step that reads something from outside. */
async function leavesAlone(read: () => unknown): Promise<void> {
  const before = sharedState();
  try {
    await read();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  if (!isSame(before, sharedState())) throw new Error('what all objects share was changed');
}

/** A row goes on from the reader to the store, and from there to the authority. */
async function takeThrough(file: string, format: UploadFormat): Promise<void> {
  const { rows = [] } = await read(file, { format });
  for (const row of rows) {
    const stored = checkRow(row, rules);
    lineOf(stored);
    if (!('user' in stored)) continue;
    expect(structureFault(stored.user)).to.equal(undefined);
    recordOf({ id: 'x', tenantId: 'acme' }, { number: 1, user: stored.user });
  }
}

describe('names from outside', () => {
  it('in rows of NDJSON and JSON', async () => {
    await fc.assert(
      fc.asyncProperty(jsonTexts, jsonTexts, fc.constantFrom('ndjson', 'json'), (row, metadata, format) =>
        leavesAlone(async () => {
          const rows = [row, `{"email":"a@x.example","user_metadata":${metadata}}`];
          await takeThrough(format === 'json' ? `[${rows.join()}]` : rows.join('\n'), format);
        }),
      ),
    );
  });

  it('in columns of CSV', async () => {
    const groups = fc.constantFrom('user_metadata', 'custom_password_hash', 'custom_password_hash.hash');
    const path = fc.tuple(groups, fc.array(names, { minLength: 1, maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(fc.array(path, { minLength: 1, maxLength: 4 }), (paths) =>
        leavesAlone(() => {
          const columns = paths.map(([group, parts]) => [group, ...parts].join('.'));
          return takeThrough(
            `email,${columns.join()}\na@x.example${',polluted'.repeat(columns.length)}`,
            'csv',
          );
        }),
      ),
    );
  });

  it('in a column that leads to the prototype, the ways in which it may be written', async () => {
    for (const column of [
      'user_metadata.constructor.prototype.x',
      'user_metadata.a.constructor.prototype.x',
      'USER_METADATA.constructor.prototype.toString',
      'user_metadata.__proto__.x',
      'user_metadata.a.__proto__',
      'custom_password_hash.hash.constructor.prototype.x',
    ]) {
      const { problem } = await read(`email,${column}\na@x.example,1\n`, { format: 'csv' });
      expect(problem?.[0], column).to.equal('invalid_columns');
    }
  });

  it('in a column that is called as what every object has, are data', async () => {
    const file = 'email,user_metadata.constructor,user_metadata.toString.x\na@x.example,1,2\n';
    const { rows } = await read(file, { format: 'csv' });
    const [row] = rows as unknown as [{ value: object }];
    expect(JSON.parse(JSON.stringify(row.value))).to.deep.equal({
      email: 'a@x.example',
      user_metadata: { constructor: '1', toString: { x: '2' } },
    });
  });

  it('in bodies, held against each schema of the contract', async () => {
    const checks = [...contract.operations.values()].flatMap((operation) => [
      ...validators.forOperation(operation).bodies.values(),
    ]);
    await fc.assert(
      fc.asyncProperty(jsonTexts, (text) =>
        leavesAlone(() => {
          const body = JSON.parse(text) as unknown;
          if (structureFault(body) !== undefined) return;
          for (const check of checks) check(structuredClone(body));
        }),
      ),
      { numRuns: 40 },
    );
  });

  it('in queries and header fields, of each operation', async () => {
    const matched = [...contract.operations.values()].map((description) => ({
      description,
      validators: validators.forOperation(description),
    }));
    const fields = fc.array(fc.tuple(names, fc.constantFrom('1', 'x', 'true')), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fields, fc.constantFrom(...matched), (given, operation) =>
        leavesAlone(async () => {
          const query = parse(given.map(([name, value]) => `${name}=${value}`).join('&'));
          const state = { matched: operation, path: {}, body: undefined, query: {} as object };
          const headers = Object.fromEntries(given);
          const ctx = { query, querystring: given.join('&'), headers, state } as unknown as Context;
          await validateInput(operation)(ctx);
          expect('toString' in state.query).to.equal(given.some(([name]) => name === 'toString'));
        }),
      ),
      { numRuns: 40 },
    );
  });
});
