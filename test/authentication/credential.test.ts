import { expect } from 'chai';
import { readApiKey, readCredential } from '../../src/authentication/credential.ts';
import type { TokenClaims } from '../../src/authentication/token-claims.ts';
import { Problem } from '../../src/problem.ts';

const basic = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;
const read = (...fields: string[]) => {
  const credential = readCredential(
    fields.flatMap((field) => ['Authorization', field]),
    false,
  );
  return credential?.scheme === 'basic' ? { scheme: 'basic', ...readApiKey(credential.encoded) } : credential;
};

describe('credential', () => {
  it('is absent without the field, whatever the query says', () => {
    expect(readCredential(['Accept', '*/*'], true)).to.equal(undefined);
  });

  it('is not read again when it is a known token, however it was sent', () => {
    const asked: string[] = [];
    const claims = {} as TokenClaims;
    const tokens = {
      find: (token: string) => (asked.push(token) > 0 && token === 'known' ? claims : undefined),
    };
    const readKnown = (...fields: string[]) =>
      readCredential(
        fields.flatMap((field) => ['authorization', field]),
        false,
        tokens,
      );
    const known = readKnown('Bearer known');
    expect(known).to.deep.equal({ scheme: 'bearer', token: 'known', claims });
    for (const field of ['bearer known', 'Bearer  known', 'Bearer other'])
      expect(readKnown(field), field).to.deep.equal({ scheme: 'bearer', token: field.slice(-5).trim() });
    expect(asked).to.deep.equal(['known', ' known', 'other']);
    expect(() => readKnown('Bearer known', 'Bearer known'))
      .to.throw(Problem)
      .that.has.property('code', 'several_credentials');
    expect(() => readCredential(['authorization', 'Bearer known'], true, tokens))
      .to.throw(Problem)
      .that.has.property('code', 'several_credentials');
    expect(() => readKnown('Bearer un known'))
      .to.throw(Problem)
      .that.has.property('code', 'invalid_authorization_header');
  });

  const good: [string, string, object][] = [
    ['Bearer', 'Bearer abc.def.ghi', { scheme: 'bearer', token: 'abc.def.ghi' }],
    ['any letter case of the scheme', 'bEaReR abc', { scheme: 'bearer', token: 'abc' }],
    ['Basic', basic('id:secret'), { scheme: 'basic', clientId: 'id', clientSecret: 'secret' }],
    [
      'Basic with colons in the secret',
      basic('id:se:cr:et'),
      { scheme: 'basic', clientId: 'id', clientSecret: 'se:cr:et' },
    ],
    [
      'Basic with UTF-8',
      basic('id:pässwörd✓'),
      { scheme: 'basic', clientId: 'id', clientSecret: 'pässwörd✓' },
    ],
    [
      'Basic without form decoding',
      basic('id:a%2Bb'),
      { scheme: 'basic', clientId: 'id', clientSecret: 'a%2Bb' },
    ],
  ];
  for (const [name, field, expected] of good) {
    it(`reads ${name}`, () => expect(read(field)).to.deep.equal(expected));
  }

  const bad: [string, string[], string][] = [
    ['an empty field', [''], 'invalid_authorization_header'],
    ['a scheme alone', ['Bearer'], 'invalid_authorization_header'],
    ['another scheme', ['Digest x="y"'], 'invalid_authorization_header'],
    ['a token with a space', ['Bearer a b'], 'invalid_authorization_header'],
    ['bad base64', ['Basic !!!'], 'invalid_authorization_header'],
    ['no colon', [basic('idsecret')], 'invalid_authorization_header'],
    ['no id', [basic(':secret')], 'invalid_authorization_header'],
    ['no secret', [basic('id:')], 'invalid_authorization_header'],
    ['a control character', [basic('id:se\u0000cret')], 'invalid_authorization_header'],
    ['bad UTF-8', [basic(Buffer.from([0x69, 0x3a, 0xff, 0xfe]))], 'invalid_authorization_header'],
    ['100 kB', [`Bearer ${'a'.repeat(100_000)}`], 'invalid_authorization_header'],
    ['two fields', ['Bearer a', 'Bearer a'], 'several_credentials'],
  ];
  for (const [name, fields, code] of bad) {
    it(`refuses ${name}`, () => {
      expect(() => read(...fields))
        .to.throw(Problem)
        .with.property('code', code);
    });
  }

  it('refuses a token in the query beside the field', () => {
    expect(() => readCredential(['authorization', 'Bearer a'], true))
      .to.throw(Problem)
      .with.property('code', 'several_credentials');
  });
});
