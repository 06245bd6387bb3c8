/** The `Authorization` field over HTTP, each case with its exact answer (RFC 9110 section 11, RFC 6750, RFC 7617, RFC 9728). */
import { expect } from 'chai';
import { request } from 'node:http';
import { apiKey, basic } from '../support/callers.ts';
import { world, WORLD_MS } from '../support/world.ts';

interface Answer {
  status: number;
  code: string;
  detail: string | undefined;
  challenges: string[];
}

const encoded = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;

/** Node's own client drops nothing and joins nothing, when it is given names and values in turn. */
async function send(fields: string[], path = '/v1/tenant'): Promise<Answer> {
  const { api } = await world();
  return new Promise((resolve, reject) => {
    const sent = request(api + path, { agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const { code = '', detail } = (text === '' ? {} : JSON.parse(text)) as {
          code?: string;
          detail?: string;
        };
        const raw = response.rawHeaders;
        const challenges = raw.filter(
          (_, i) => i % 2 === 1 && raw[i - 1]!.toLowerCase() === 'www-authenticate',
        );
        resolve({ status: response.statusCode!, code, detail, challenges });
      });
    });
    for (let i = 0; i < fields.length; i += 2) sent.appendHeader(fields[i]!, fields[i + 1]!);
    sent.on('error', reject).end();
  });
}

describe('the Authorization field', () => {
  let bearer: string;
  const DPOP = 'DPoP algs="ES256 RS256 PS256 EdDSA Ed25519"';
  const BASIC = 'Basic realm="trivium", charset="UTF-8"';
  before(async function () {
    this.timeout(WORLD_MS);
    const { api } = await world();
    bearer = `Bearer realm="trivium", resource_metadata="${api}/.well-known/oauth-protected-resource", scope="read:tenant"`;
  });

  const malformed = 'Basic credentials are a client id, a colon and a client secret.';
  const noBase64 = 'The value after Basic is not base64.';
  const neither = 'It holds neither a Bearer token nor Basic credentials.';
  const cases: [string, string, string][] = [
    ['empty', '', neither],
    ['of another scheme', 'Digest username="x"', neither],
    ['a scheme alone', 'Basic', noBase64],
    ['Basic with bad base64', 'Basic a*b=', noBase64],
    ['Basic with base64 of another length', 'Basic aWQ6c2VjcmV0c', noBase64],
    ['Basic with base64 without its padding', 'Basic aWQ6c2VjcmV', noBase64],
    ['Basic without a colon', encoded('idsecret'), malformed],
    ['Basic without an id', encoded(':secret'), malformed],
    ['Basic without a secret', encoded('id:'), malformed],
    ['Basic with a control character', encoded('id:se\u0007cret'), malformed],
    [
      'Basic with bad UTF-8',
      encoded(Buffer.from([0x69, 0x3a, 0xff])),
      'The Basic credentials are not UTF-8.',
    ],
    ['Basic of nine kilobytes', encoded(`id:${'a'.repeat(9_000)}`), 'It is too long.'],
    ['DPoP without a token', 'DPoP', 'The value after DPoP is not a token.'],
    ['Bearer with a space in it', 'Bearer a b', 'The value after Bearer is not a token.'],
  ];
  for (const [name, field, detail] of cases) {
    it(`that is ${name}`, async () => {
      expect(await send(['Authorization', field])).to.deep.equal({
        status: 401,
        code: 'invalid_authorization_header',
        detail,
        challenges: [bearer, DPOP, BASIC],
      });
    });
  }

  it('that is of 100 kB', async () => {
    expect(await send(['Authorization', `Basic ${'a'.repeat(100_000)}`])).to.deep.include({
      status: 431,
      code: 'headers_too_large',
    });
  });

  it('that is there twice', async () => {
    const key = await apiKey('acme');
    expect(await send(['Authorization', key, 'Authorization', key])).to.deep.include({
      status: 400,
      code: 'several_credentials',
    });
  });

  it('beside a token in the query', async () => {
    const answer = await send(['Authorization', await apiKey('acme')], '/v1/tenant?access_token=x');
    expect(answer).to.deep.include({ status: 400, code: 'several_credentials' });
  });

  it('that is not there: every way in, Bearer first and once, and no error', async () => {
    expect(await send([])).to.deep.include({
      status: 401,
      code: 'authentication_required',
      challenges: [bearer, DPOP, BASIC],
    });
  });

  it('with a wrong token: an error for Bearer only', async () => {
    const { challenges } = await send(['Authorization', 'Bearer abc']);
    expect(challenges).to.deep.equal([
      `${bearer}, error="invalid_token", error_description="Token refused"`,
      DPOP,
      BASIC,
    ]);
  });

  it('with a wrong key: no error for Bearer, which was not presented', async () => {
    const answer = await send(['Authorization', basic('nobody', 'x')]);
    expect(answer).to.deep.include({ code: 'invalid_api_key', challenges: [bearer, DPOP, BASIC] });
  });

  it('from a page in a browser: no Basic, which would pop up the browser’s own password box', async () => {
    for (const fields of [
      ['Sec-Fetch-Site', 'cross-site', 'Sec-Fetch-Mode', 'cors'],
      ['Sec-Fetch-Site', 'same-origin'],
      ['Sec-Fetch-Mode', 'navigate'],
    ])
      expect((await send(fields)).challenges, fields.join()).to.deep.equal([bearer, DPOP]);
  });

  it('from a back end whose client sends what Node’s fetch does: Basic, too', async () => {
    for (const mode of ['cors', 'no-cors', 'same-origin'])
      expect((await send(['Sec-Fetch-Mode', mode])).challenges).to.deep.equal([bearer, DPOP, BASIC]);
  });

  it('at the registration of an app: the one challenge that applies there, a token of ours', async () => {
    const ways: [fields: string[], challenge: string][] = [
      [[], 'Bearer realm="trivium"'],
      ...['Bearer x', 'DPoP x', encoded('id:secret')].map((value): [string[], string] => [
        ['Authorization', value],
        'Bearer realm="trivium", error="invalid_token", error_description="Token refused"',
      ]),
    ];
    for (const [fields, challenge] of ways)
      expect((await send(fields, '/oauth/register/some-app')).challenges, fields.join()).to.deep.equal([
        challenge,
      ]);
  });

  it('of a key that takes all of UTF-8, any letter case of the scheme, and colons in the secret', async () => {
    const answer = await send(['Authorization', `bAsIc ${Buffer.from('nobody:pä:ss✓').toString('base64')}`]);
    expect(answer.code).to.equal('invalid_api_key');
  });
});
