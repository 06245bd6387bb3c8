/** What a message is signed with, held against the specification by hand: whatever library makes it. */
import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { newSecret, signatureFields } from '../../src/webhooks/sign.ts';

/** Standard Webhooks, "Signature scheme": HMAC-SHA-256 over id, seconds and body, under what `whsec_` is the base64 of. */
function expected(secret: string, content: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

describe('the signature of a webhook', () => {
  const [current, before] = [newSecret(), newSecret()];
  const cases: [what: string, body: string, secrets: string[]][] = [
    ['of one secret', '{"type":"user.created"}', [current]],
    ['of each secret while one replaces another, the newest first', '{"a":1}', [current, before]],
    ['of a body in any script', '{"name":"Zoë 李 🦊"}', [current]],
    ['of an empty body', '', [current]],
    ['of a secret that is known', '{"test": 2432232314}', ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']],
  ];
  for (const [what, body, secrets] of cases)
    it(`is that ${what}`, () => {
      expect(signatureFields('evt_1', 1_614_265_330_999, body, secrets)).to.deep.equal({
        'webhook-id': 'evt_1',
        'webhook-timestamp': '1614265330',
        'webhook-signature': secrets.map((secret) => expected(secret, `evt_1.1614265330.${body}`)).join(' '),
      });
    });

  it('is made with 32 bytes that nobody else has', () => {
    expect(newSecret()).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).to.not.equal(newSecret());
  });
});
