import { expect } from 'chai';
import { inUtc, instantOf, LAST_INSTANT, readInstant } from '../../src/contract/instant.ts';
import { createSchemaCheck } from '../../src/contract/validators.ts';
import { strangeInstants } from '../support/instants.ts';

const READ: [text: string, utc: string][] = [
  ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
  ['2026-11-23t09:00:00z', '2026-11-23T09:00:00.000Z'],
  ['2026-11-23T09:00:00.5+00:00', '2026-11-23T09:00:00.500Z'],
  ['2026-11-23T09:00:00.1239999999Z', '2026-11-23T09:00:00.123Z'],
  ['2026-11-23T00:30:00-00:00', '2026-11-23T00:30:00.000Z'],
  ['2026-11-23T00:00:00+23:59', '2026-11-22T00:01:00.000Z'],
  ['2026-11-23T23:59:59-23:59', '2026-11-24T23:58:59.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29T23:59:59.999Z', '2000-02-29T23:59:59.999Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ['1969-12-31T23:59:59-00:01', '1970-01-01T00:00:59.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
];

describe('instants', () => {
  const check = createSchemaCheck({ type: 'string', format: 'date-time' });

  for (const [text, utc] of READ)
    it(`${text} is ${utc}`, () => {
      expect(inUtc(text)).to.equal(utc);
      expect(check(text)).to.equal(undefined);
    });

  for (const text of strangeInstants)
    it(`${JSON.stringify(text)} is none, for the reader and the validator alike`, () => {
      expect(readInstant(text)).to.equal(undefined);
      expect(check(text)).to.have.length(1);
      expect(() => instantOf(text)).to.throw(RangeError);
    });

  it('that pass the validator never fail later, whatever they look like', () => {
    const parts = [
      '0000',
      '1969',
      '1970',
      '2024',
      '9999',
      '-',
      '02',
      '29',
      '12',
      '31',
      'T',
      't',
      ' ',
      ':',
      '00',
    ];
    parts.push('23', '24', '59', '60', '61', '.', '.9', 'Z', 'z', '+', '-', '+23:59', '-23:59', '');
    let seed = 1;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    const pick = (...from: string[]) => from[next() % from.length]!;
    let read = 0;
    for (let i = 0; i < 50_000; i += 1) {
      const date = `${pick('0000', '0099', '1969', '1970', '2024', '2026', '9999')}-${pick('00', '01', '02', '12', '13')}-${pick('00', '01', '28', '29', '31')}`;
      const time = `${pick('00', '23', '24')}:${pick('00', '59', '60')}:${pick('00', '59', '60')}${pick('', '.0', '.999', '.')}`;
      const text = `${date}${pick('T', 't', ' ', pick(...parts))}${time}${pick('Z', 'z', '+23:59', '-23:59', '+24:00', pick(...parts))}`;
      if (check(text)) continue;
      read += 1;
      expect(new Date(instantOf(text)).toISOString()).to.match(/^\d{4}-/);
      expect(instantOf(text)).to.be.within(0, LAST_INSTANT);
    }
    expect(read).to.be.above(100);
  });
});
