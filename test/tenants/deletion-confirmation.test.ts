import { expect } from 'chai';
import { createKeyedHash } from '../../src/secrets/keyed-hash.ts';
import { createDeletionConfirmation, type Deletion } from '../../src/tenants/deletion-confirmation.ts';

const DELETION: Deletion = { tenantId: 'acme', users: 'delete', clientId: 'operator' };

describe('the confirmation of a deletion', () => {
  const confirmations = createDeletionConfirmation(createKeyedHash(Buffer.alloc(32, 1)));
  const { confirmation, confirmBefore } = confirmations.give(DELETION);
  const [time, hash] = confirmation.split('.') as [string, string];

  it('holds for that deletion, until the time that it says', () => {
    expect(confirmations.holds(DELETION, confirmation)).to.equal(true);
    expect(parseInt(time, 36)).to.equal(Date.parse(confirmBefore));
  });

  for (const [name, other] of Object.entries<Deletion>({
    'of another tenant': { ...DELETION, tenantId: 'globex' },
    'with other users': { ...DELETION, users: 'keep' },
    'by another operator': { ...DELETION, clientId: 'other' },
  }))
    it(`does not hold for one ${name}`, () => {
      expect(confirmations.holds(other, confirmation)).to.equal(false);
    });

  for (const [name, given] of [
    ['a later end', `${(parseInt(time, 36) + 1).toString(36)}.${hash}`],
    ['an end that is past', `${(Date.now() - 1).toString(36)}.${hash}`],
    ['an end beyond any', `${(Date.now() + 86_400_000).toString(36)}.${hash}`],
    ['no hash', time],
    ['another hash', `${time}.${'A'.repeat(hash.length)}`],
    ['nothing at all', ''],
    ['no number', `.${hash}`],
  ] as const)
    it(`does not hold with ${name}`, () => {
      expect(confirmations.holds(DELETION, given)).to.equal(false);
    });

  it('does not hold at a deployment with another HASH_KEY', () => {
    const others = createDeletionConfirmation(createKeyedHash(Buffer.alloc(32, 2)));
    expect(others.holds(DELETION, confirmation)).to.equal(false);
  });
});
