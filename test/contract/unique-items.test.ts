import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { addUniqueItems } from '../../src/contract/unique-items.ts';

describe('unique items', () => {
  const ajv = new Ajv2020();
  addUniqueItems(ajv);
  const check = ajv.compile({ type: 'array', uniqueItems: true });

  const equal: unknown[][] = [
    [1, 1],
    ['a', 'b', 'a'],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [[], []],
    [null, null],
    [0, -0],
  ];
  for (const items of equal)
    it(`are not ${JSON.stringify(items)}`, () => {
      expect(check(items)).to.equal(false);
      expect(check.errors?.[0]).to.include({
        keyword: 'uniqueItems',
        message: 'must NOT have duplicate items',
      });
    });

  const different: unknown[][] = [
    [],
    [1, '1', true, 'true', null, 'null'],
    [{ a: 1 }, { a: 2 }, { b: 1 }, {}, []],
    [{ a: 1 }, [['a', 1]], '{"a":1}'],
    [['a', 'b'], ['a,b'], ['b', 'a']],
  ];
  for (const items of different)
    it(`are ${JSON.stringify(items)}`, () => {
      expect(check(items)).to.equal(true);
    });

  it('need not be', () => {
    expect(ajv.compile({ type: 'array', uniqueItems: false })([1, 1])).to.equal(true);
  });

  it('are found among many in one look at each', () => {
    let looks = 0;
    const items = Array.from({ length: 1_000 }, (_, i) => ({
      get id() {
        looks += 1;
        return i;
      },
    }));
    expect(check(items)).to.equal(true);
    expect(looks).to.equal(items.length);
  });
});
