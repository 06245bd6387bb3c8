/** Patterns mean what they mean to ECMAScript, and take linear time. */
import { expect } from 'chai';
import fc from 'fast-check';
import { LinearPatterns, TooMuchText } from '../../src/contract/patterns/linear-patterns.ts';

const COMMON: Record<string, [string, string[]]> = {
  'a UUID': [
    '^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$',
    ['0189f2a8-1234-4abc-8def-0123456789ab', '0189f2a8'],
  ],
  'a slug': ['^[a-z0-9]+(?:-[a-z0-9]+)*$', ['a-slug-9', 'a--slug', '-a', '']],
  'an email': ['^[^@\\s]+@[^@\\s]+\\.[a-zA-Z]{2,}$', ['ada@example.com', 'ada@example', 'a b@example.com']],
  'a date': ['^\\d{4}-(0[1-9]|1[0-2])-([0-2]\\d|3[01])$', ['2026-11-30', '2026-13-01', '2026-11-30\n']],
  'a phone number': ['^\\+[1-9]\\d{1,14}$', ['+4915112345678', '+0', '٣']],
  'a password': [
    '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{8,64}$',
    ['Passw0rdPassw0rd', 'passw0rd', 'Passw0rd with blanks', 'Ab1', '\nPassw0rdPassw0rd'],
  ],
  'a name in any script': ["^[\\p{L}\\p{M}'’ -]+$", ['Zoë O’Neil', '東京', '7', '']],
  'a Greek word': ['^\\p{Script=Greek}+\\P{Lu}$', ['αβ', 'αΒ', 'ab']],
  'a host name': [
    '^(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.[a-z]{2,})$',
    ['shop.example', '-shop.example', 'shop-.example'],
  ],
  'a long text': ['^[\\s\\S]{2,2048}$', ['x', 'xx', 'x'.repeat(2_048), 'x'.repeat(2_049)]],
  'a very long text': [
    '^.{1200,2400}$',
    ['x'.repeat(1_199), 'x'.repeat(1_200), '😀'.repeat(2_400), '😀'.repeat(2_401)],
  ],
  'at least': ['^x{1200,}$', ['x'.repeat(1_199), 'x'.repeat(5_000)]],
  'a part of the text': ['foo|^bar$|\\bbaz\\b', ['a foo b', 'bar', 'bars', 'a baz', 'abazb']],
  'alternatives with conditions': ['^(?=a)\\w$|^(?!b)\\d$', ['a', 'b', '7', 'x']],
  'only conditions': ['^(?=a)', ['ab', 'ba', '']],
  'an ARN': ['^arn:[\\w+=/,.@-]+:[^:]*$', ['arn:aws:x', 'arn::']],
  'code points': ['^\\u{1F600}\\ud83d\\ude01\\x41\\cA\\0$', ['😀😁A\x01\0', '😀']],
  'half of a code point': ['^[^a]\\ud800$', ['b\ud800', 'b']],
  'a class of nothing': ['^[]$|^x[^]y$', ['', 'x\ny', 'xy']],
  'what RE2 reads in another way': ['^[[:alpha:]\\$\\/$', ['a$/', ':$/', 'b$/']],
  nothing: ['', ['', 'x']],
};

describe('a pattern', () => {
  for (const [name, [source, texts]] of Object.entries(COMMON))
    it(`matches ${name} as ECMAScript does`, () => {
      const patterns = new LinearPatterns();
      const native = new RegExp(source, 'u');
      for (const text of texts) {
        patterns.begin();
        expect(patterns.pattern(source).test(text), JSON.stringify(text)).to.equal(native.test(text));
      }
      const found = texts.map((text) => native.test(text));
      if (source !== '') expect(new Set(found).size, 'both outcomes').to.equal(2);
    });

  it('matches as ECMAScript does, whatever it is', () => {
    const patterns = new LinearPatterns();
    fc.assert(
      fc.property(SOURCE, fc.array(TEXT, { minLength: 5, maxLength: 5 }), (source, texts) => {
        patterns.begin();
        const pattern = patterns.pattern(source);
        const native = new RegExp(source, 'u');
        for (const text of texts) expect(pattern.test(text), `${source} ${text}`).to.equal(native.test(text));
      }),
      { numRuns: 1_000 },
    );
  });

  // A backtracking engine takes from minutes to longer than there is time.
  const bombs: [string, string][] = [
    ['^(a+)+$', 'a'],
    ['^(a|aa)+$', 'a'],
    ['^(a*)*$', 'a'],
    ['^(?:[a-zA-Z0-9]+\\.?)*$', 'a'],
    ['^(.*a){12}$', 'a'],
    ['^(\\w+\\s?)+$', 'word '],
    ['(x+x+)+y', 'x'],
    ['\\s+$', ' '],
    ['^(?=(a+)+$)', 'a'],
    ['^(?!(a+)+$).*\\n', 'a'],
    ['^([a-z]+)+(?<!(?:z+)+)$', 'a'],
  ];
  for (const [source, unit] of bombs)
    it(`has an answer for a long text: ${source}`, () => {
      const pattern = new LinearPatterns().pattern(source);
      expect(pattern.test(`${unit.repeat(100_000 / unit.length)}!`)).to.equal(false);
    });

  it('may be tried on so much text, counted in steps, and on more for the next value', () => {
    const patterns = new LinearPatterns();
    const pattern = patterns.pattern('a.{899}$');
    const text = 'ab'.repeat(15_000);
    expect(pattern.test(text)).to.equal(true);
    expect(() => pattern.test(text)).to.throw(TooMuchText);
    patterns.begin();
    expect(pattern.test(text)).to.equal(true);
  });

  const faults: [string, RegExp][] = [
    ['^[a-z](?!.*--)[a-z-]+$', /has a lookahead that is not right after a leading `\^`.*`allOf` and `not`/],
    ['^(a)\\1$', /has a backreference/],
    ['^(?:a{500}){500}$', /cannot be matched in linear time \(.*repeat/],
    ['^.{1,9000}$', /has \d+ states, more than 8192; bound the length of texts with `maxLength`/],
    ['^(?:(?:x{30}){30}y){13}$', /cannot|states/],
  ];
  for (const [source, fault] of faults)
    it(`is refused, with what to write instead: ${source}`, () => {
      expect(() => new LinearPatterns().pattern(source)).to.throw(fault);
    });

  it('is refused where it is none', () => {
    expect(() => new LinearPatterns().pattern('^[a')).to.throw(SyntaxError);
  });
});

const ATOM = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\b',
  '\\B',
  '^',
  '$',
  '-',
  '\\n',
  '😀',
  '\\.',
  '\\u2028',
  '[ab]',
  '[^ab]',
  '[a-c\\d]',
  '[^\\s\\w]',
  '[\\D-]',
  '[^\\W_]',
  '\\p{Lu}',
  '[^\\p{L}a]',
  '[.$^]',
  '(?<=a)',
  '(?<!b)',
);
const isAssertion = (text: string): boolean => /^(\^|\$|\\[bB]|\(\?<.*)$/.test(text);
const { source: SOURCE } = fc.letrec<{ source: string; piece: string }>((tie) => ({
  source: fc
    .tuple(
      fc.constantFrom('', '', '^', '^(?=.*a)', '^(?!b)', '^(?=\\w)(?!.*--)'),
      fc.array(tie('piece'), { maxLength: 4 }),
      fc.constantFrom('', '$'),
    )
    .map(([start, pieces, end]) => start + pieces.join('') + end),
  piece: fc.oneof(
    { maxDepth: 2 },
    fc
      .tuple(ATOM, fc.constantFrom('', '', '*', '+?', '?', '{2}', '{1,3}', '{2,}'))
      .map(([atom, times]) => (isAssertion(atom) ? atom : atom + times)),
    fc
      .tuple(
        fc.array(tie('piece'), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.constantFrom('', '+', '{0,2}'),
      )
      .map(([pieces, isCapturing, times]) => `(${isCapturing ? '' : '?:'}${pieces.join('|')})${times}`),
  ),
}));
const TEXT = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'c',
      'A',
      '7',
      '_',
      '-',
      '.',
      ' ',
      '\n',
      '\u2028',
      '\u00a0',
      'é',
      '😀',
      '\ud83d',
      '$',
      '^',
    ),
    {
      maxLength: 8,
    },
  )
  .map((letters) => letters.join(''));
