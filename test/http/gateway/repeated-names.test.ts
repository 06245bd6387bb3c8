import { expect } from 'chai';
import { hasRepeatedNames } from '../../../src/http/gateway/repeated-names.ts';

describe('members of the same name', () => {
  const found = (text: string) => hasRepeatedNames(Buffer.from(text), JSON.parse(text));

  for (const text of [
    '{"a":1,"a":2}',
    '{"a":1,"b":{"c":1},"a":1}',
    '[{"b":{"a":[],"a" \t\r\n:[]}}]',
    String.raw`{"a":1,"\u0061":2}`,
    String.raw`{"a\\":1,"a\u005c":2}`,
    '{"é":1,"é":2}',
    '{"":1,"":2}',
  ])
    it(`are found in ${JSON.stringify(text)}`, () => {
      expect(found(text)).to.equal(true);
    });

  for (const text of [
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}',
    '{"a":"\\"a\\":","b":"x:\\\\"}',
    '["a","a",":"]',
    '"a:"',
    'null',
    '[]',
    '{"1":1,"0":{"length":0}}',
  ])
    it(`are not in ${JSON.stringify(text)}`, () => {
      expect(found(text)).to.equal(false);
    });
});
