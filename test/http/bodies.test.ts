/** Bodies are read as what they say they are, or refused; nothing of them is lost, and nothing becomes something else. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { newApiKey, toKey, tryKey } from '../support/api-keys.ts';
import { apiKey, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { chunked, rawRequest, type RawAnswer } from '../support/raw-request.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Whoever reads it finds the wrong member, and makes nobody. */
const WRONG = '{"emial":"x"}';
const READ = [422, 'invalid_body'];
const REFUSED = [415, 'unsupported_media_type'];
const MALFORMED = [400, 'malformed_body'];

async function post(fields: string[], body: string | Uint8Array): Promise<RawAnswer> {
  const lines = ['POST /v1/users HTTP/1.1', 'Host: x', `Authorization: ${await apiKey('acme')}`];
  return rawRequest([...lines, `Content-Length: ${Buffer.from(body as string).length}`, ...fields], body);
}

const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe('bodies', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  describe('of a media type', () => {
    const types: [string, unknown[]][] = [
      ['application/json', READ],
      ['APPLICATION/JSON', READ],
      ['application/json;', READ],
      ['application/json; charset', READ],
      ['application/json; charset=', READ],
      ['application/json; charset=utf-8', READ],
      ['application/json;charset="UTF-8"', READ],
      ['application/json; charset=utf8', READ],
      ['application/json; version=2; charset=utf-8', READ],
      ['application/json; ; =; x', READ],
      ['application/json; charset=iso-8859-1', REFUSED],
      ['application/json; charset="ISO-8859-1"', REFUSED],
      ['application/json; charset=utf-16', REFUSED],
      ['application/json; charset=windows-1252', REFUSED],
      ['application/json; charset=nonsense', REFUSED],
      ['application/json, text/plain', REFUSED],
      ['application/json text/plain', REFUSED],
      ['application /json', REFUSED],
      ['application/jsonx', REFUSED],
      ['application/vnd.api+json', REFUSED],
      ['text/plain', REFUSED],
      ['json', REFUSED],
      ['', REFUSED],
      ['; charset=utf-8', REFUSED],
    ];
    for (const [type, expected] of types)
      it(`${JSON.stringify(type)} are ${expected === READ ? 'read' : 'refused'}`, async () => {
        const answer = await post([`Content-Type: ${type}`], WRONG);
        expect(outcome(answer)).to.deep.equal(expected);
        if (expected === REFUSED) expect(answer.field('Accept-Post')).to.equal('application/json');
      });

    it('that is not said, or said twice, are refused', async () => {
      expect(outcome(await post([], WRONG))).to.deep.equal(REFUSED);
      const two = ['Content-Type: application/json', 'Content-Type: text/plain'];
      expect(outcome(await post(two, WRONG))).to.deep.equal(REFUSED);
    });

    it('with a parameter without a value say what becomes of a key that leaked', async () => {
      const key = await newApiKey('acme', { scopes: ['read:tenant'] });
      const answer = await call('POST', `${key.path}/rotate`, {
        as: await user('acme'),
        headers: { 'content-type': 'application/json; charset' },
        body: '{"overlap_seconds":0}',
      });
      expect(answer.status).to.equal(201);
      const [api] = (await world()).apis;
      expect((await tryKey(api, key.as)).status).to.equal(401);
      expect((await tryKey(api, toKey(answer.body as never).as)).status).to.equal(200);
    });

    it('of an upload may be in another charset, and only the charset counts', async () => {
      const csv = Buffer.from(`email,name\nz-${randomUUID()}@import.example,Zo\xEB`, 'latin1');
      for (const [type, name] of [
        ['text/csv; charset=iso-8859-1', 200],
        ['text/csv; charset; header=present', 200],
        ['text/csv; charset=nonsense', 415],
        ['text/csv, text/csv', 415],
      ] as const) {
        const answer = await call('POST', '/v1/user-imports?dry_run=true', {
          as: await apiKey('acme'),
          headers: { 'content-type': type },
          body: csv,
        });
        expect(answer.status, type).to.equal(name);
        const valid = type.includes('8859') ? 1 : 0;
        if (name === 200) expect(answer.body.valid, type).to.equal(valid);
      }
    });
  });

  describe('that are no text', () => {
    const name = (bytes: number[]) =>
      Buffer.concat([Buffer.from('{"emial":"Zo'), Buffer.from(bytes), Buffer.from('"}')]);
    const broken: [string, Uint8Array | string][] = [
      ['ISO-8859-1', name([0xeb])],
      ['UTF-8 that ends too soon', name([0xe2, 0x82])],
      ['UTF-8 that is too long', name([0xc0, 0xaf])],
      ['a surrogate in UTF-8', name([0xed, 0xa0, 0x80])],
      ['UTF-16', Buffer.from(WRONG, 'utf16le')],
      ['half of a surrogate pair', '{"emial":"Zo\\ud800"}'],
      ['the other half', '{"emial":["Zo\\udc00x"]}'],
      ['half of one in a name', '{"\\ud800":1}'],
      ['no JSON', '{"emial"'],
      ['a prototype', '{"__proto__":{}}'],
      ['blanks', '   '],
    ];
    for (const [what, body] of broken)
      it(`but ${what} are refused`, async () => {
        expect(outcome(await post(['Content-Type: application/json'], body))).to.deep.equal(MALFORMED);
      });

    it('but in UTF-8, with a byte order mark or without, are read', async () => {
      for (const text of [`\uFEFF${WRONG}`, '{"emial":"Zoë \\ud83d\\ude00 😀"}'])
        expect(outcome(await post(['Content-Type: application/json'], text))).to.deep.equal(READ);
    });

    it('are refused where they would have been stored', async () => {
      const email = `zoe-${randomUUID()}@acme.example`;
      const body = Buffer.from(`{"email":"${email}","name":"Zo\xEB"}`, 'latin1');
      const as = await apiKey('acme');
      for (const type of ['application/json', 'application/json; charset=iso-8859-1']) {
        const { status } = await call('POST', '/v1/users', { as, body, headers: { 'content-type': type } });
        expect(status).to.equal(type.includes('8859') ? 415 : 400);
      }
      expect((await call('GET', `/v1/users?email=${email}`, { as })).body.users).to.deep.equal([]);
    });
  });

  describe('of JSON with numbers', () => {
    const numbers: [string, number][] = [
      ['1e400', 400],
      ['-1e400', 400],
      ['123456789012345678', 400],
      ['-9007199254740993', 400],
      ['9007199254740991', 422],
      ['-9007199254740991', 422],
      ['0.1', 422],
      ['1e-400', 422],
    ];
    for (const [number, status] of numbers)
      it(`such as ${number} are ${status === 400 ? 'refused, not written as another one' : 'read'}`, async () => {
        const sent = `{"emial":"x","user_metadata":{"ids":[${number}]}}`;
        const answer = await post(['Content-Type: application/json'], sent);
        expect(outcome(answer)).to.deep.equal(status === 400 ? MALFORMED : READ);
      });
  });

  describe('in a content coding', () => {
    const gzip = gzipSync(WRONG);
    const codings: [string, Uint8Array | string, unknown[]][] = [
      ['gzip', gzip, READ],
      ['GZIP', gzip, READ],
      ['x-gzip', gzip, READ],
      ['identity, gzip', gzip, READ],
      ['deflate', deflateSync(WRONG), READ],
      ['br', brotliCompressSync(WRONG), READ],
      ['identity', WRONG, READ],
      ['', WRONG, READ],
      ['gzip', Buffer.concat([gzipSync('{"emial"'), gzipSync(':1}')]), READ],
      ['gzip', WRONG, MALFORMED],
      ['deflate', WRONG, MALFORMED],
      ['br', WRONG, MALFORMED],
      ['gzip', gzip.subarray(0, -4), MALFORMED],
      ['gzip', gzip.subarray(0, 12), MALFORMED],
      ['gzip', gzip.subarray(0, 2), MALFORMED],
      ['deflate', deflateSync(WRONG).subarray(0, -2), MALFORMED],
      ['br', brotliCompressSync(WRONG).subarray(0, -2), MALFORMED],
      ['gzip', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8)]), MALFORMED],
      ['gzip', Buffer.concat([gzip, Buffer.from(WRONG)]), MALFORMED],
      ['deflate', Buffer.concat([deflateSync(WRONG), Buffer.from(WRONG)]), MALFORMED],
      ['br', Buffer.concat([brotliCompressSync(WRONG), Buffer.from(WRONG)]), MALFORMED],
      ['deflate', deflateRawSync(WRONG), MALFORMED],
      ['gzip', deflateSync(WRONG), MALFORMED],
      ['deflate', gzip, MALFORMED],
      ['gzip', gzipSync(Buffer.from('{"emial":"Zo\xEB"}', 'latin1')), MALFORMED],
      ['gzip, gzip', gzipSync(gzip), REFUSED],
      ['compress', WRONG, REFUSED],
      ['zstd', WRONG, REFUSED],
      ['nonsense', WRONG, REFUSED],
      ['gzip;q=1', gzip, REFUSED],
    ];
    for (const [coding, body, expected] of codings)
      it(`${JSON.stringify(coding)} of ${Buffer.from(body as string).length} bytes get ${expected.join(' ')}`, async () => {
        const answer = await post(['Content-Type: application/json', `Content-Encoding: ${coding}`], body);
        expect(outcome(answer)).to.deep.equal(expected);
        if (expected === REFUSED) expect(answer.field('Accept-Encoding')).to.equal('gzip, deflate, br');
      });

    it('may be sent chunked', async () => {
      const fields = [
        'Content-Type: application/json',
        'Content-Encoding: gzip',
        'Transfer-Encoding: chunked',
      ];
      const as = `Authorization: ${await apiKey('acme')}`;
      const lines = ['POST /v1/users HTTP/1.1', 'Host: x', as, ...fields];
      expect(outcome(await rawRequest(lines, chunked(gzip)))).to.deep.equal(READ);
      expect(outcome(await rawRequest(lines, chunked(WRONG)))).to.deep.equal(MALFORMED);
    });

    it('are no larger unpacked than as they are', async () => {
      for (const [coding, pack] of [
        ['gzip', gzipSync],
        ['br', brotliCompressSync],
        ['deflate', deflateSync],
      ] as const) {
        const bomb = pack(Buffer.alloc(50_000_000, ' '));
        const answer = await post(['Content-Type: application/json', `Content-Encoding: ${coding}`], bomb);
        expect(outcome(answer), coding).to.deep.equal([413, 'body_too_large']);
      }
    });

    it('are refused of those who come without a credential, too', async () => {
      for (const [coding, status] of [
        ['gzip', 400],
        ['br', 400],
        ['deflate', 400],
        ['zstd', 415],
      ] as const) {
        const answer = await call('POST', '/oauth/register', {
          headers: { 'content-type': 'application/json', 'content-encoding': coding },
          body: '{"redirect_uris":["https://app.example/callback"]}',
        });
        expect(answer.status, coding).to.equal(status);
      }
    });
  });

  describe('that are none', () => {
    const empty: [string, string[], string | Uint8Array][] = [
      ['nothing at all', [], ''],
      ['no bytes', ['Content-Length: 0'], ''],
      ['no bytes of a type', ['Content-Length: 0', 'Content-Type: text/plain'], ''],
      ['no chunk', ['Transfer-Encoding: chunked'], chunked('')],
      ['no chunk of JSON', ['Transfer-Encoding: chunked', 'Content-Type: application/json'], chunked('')],
      ['no chunk of text', ['Transfer-Encoding: chunked', 'Content-Type: text/plain'], chunked('')],
      ['no chunk in gzip', ['Transfer-Encoding: chunked', 'Content-Encoding: gzip'], chunked('')],
      [
        'nothing, packed',
        ['Transfer-Encoding: chunked', 'Content-Type: application/json', 'Content-Encoding: gzip'],
        chunked(gzipSync('')),
      ],
    ];
    for (const [what, fields, body] of empty)
      it(`(${what}) are none, where one may be left out and where one is needed`, async () => {
        const as = await apiKey('acme');
        const email = `none-${randomUUID()}@acme.example`;
        const made = await call('POST', '/v1/users', { as, body: { email } });
        const path = `/v1/users/${encodeURIComponent(made.body.user_id as string)}/password-reset`;
        const head = (to: string) => [`POST ${to} HTTP/1.1`, 'Host: x', `Authorization: ${as}`, ...fields];
        expect((await rawRequest(head(path), body)).status).to.equal(201);
        const needed = await rawRequest(head('/v1/users'), body);
        expect([...outcome(needed), needed.body.detail]).to.deep.equal([...MALFORMED, 'A body is required.']);
      });

    it('but have a byte are refused as any other', async () => {
      const as = `Authorization: ${await apiKey('acme')}`;
      const lines = ['POST /v1/users/auth0%7Cx/password-reset HTTP/1.1', 'Host: x', as];
      const sent = (...fields: string[]) =>
        rawRequest([...lines, 'Transfer-Encoding: chunked', ...fields], chunked('x'));
      expect(outcome(await sent())).to.deep.equal(REFUSED);
      expect(outcome(await sent('Content-Type: text/plain'))).to.deep.equal(REFUSED);
      expect(outcome(await sent('Content-Type: application/json'))).to.deep.equal(MALFORMED);
    });
  });
});
