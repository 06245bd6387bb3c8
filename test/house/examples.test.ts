/** Every operation shows what goes in and what comes out, and what it shows is true. */
import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createValidators } from '../../src/contract/validators.ts';

const contract = loadContract();
const validators = createValidators(contract);

function at(pointer: string): Record<string, unknown> {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Record<string, unknown>>(
      (node, part) => node[part.replaceAll('~1', '/').replaceAll('~0', '~')] as Record<string, unknown>,
      contract.document,
    );
}

/** Of the media type itself, else of its schema, which may be a reference. */
function examplesOf(schemaPointer: string): unknown[] {
  const media = at(schemaPointer.replace(/\/schema$/, ''));
  if (media['example'] !== undefined) return [media['example']];
  let schema = media['schema'] as Record<string, unknown>;
  while (typeof schema['$ref'] === 'string') schema = at(schema['$ref'].slice(1));
  const items = schema['items'] as Record<string, unknown> | undefined;
  return (schema['examples'] ?? (items ? examplesOfItems(items) : [])) as unknown[];
}

function examplesOfItems(items: Record<string, unknown>): unknown[] {
  const schema = typeof items['$ref'] === 'string' ? at(items['$ref'].slice(1)) : items;
  return schema['examples'] ? [schema['examples']] : [];
}

describe('examples in the contract', () => {
  for (const [id, operation] of contract.operations) {
    const { answers, bodies } = validators.forOperation(operation);
    for (const [type, pointer] of operation.body?.schemaPointers ?? []) {
      it(`${id}: what goes in, as ${type}`, () => check(examplesOf(pointer), bodies.get(type)!));
    }
    for (const [status, { schemaPointers }] of operation.answers) {
      for (const [type, pointer] of schemaPointers) {
        // An error's example is that of the problem document; pages and pictures need none.
        if (!/json/.test(type) || id === 'getContract') continue;
        it(`${id}: what comes out with ${status}`, () =>
          check(examplesOf(pointer), answers.get(status)!.get(type)!));
      }
    }
  }
});

function check(examples: unknown[], validate: (value: unknown) => unknown): void {
  expect(examples).to.not.be.empty;
  for (const example of examples) expect(validate(structuredClone(example))).to.equal(undefined);
}
