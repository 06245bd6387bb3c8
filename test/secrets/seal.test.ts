import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { createSeal } from '../../src/secrets/seal.ts';

const key = () => randomBytes(32);

describe('seal', () => {
  const [first, second] = [key(), key()];
  const seal = createSeal({ current: 'a', byId: new Map([['a', first]]) });

  it('gives back what was sealed, and shows nothing of it', () => {
    const sealed = seal.seal({ email: 'ada@acme.example' }, 'here');
    expect(sealed)
      .to.match(/^v1\.a\./)
      .and.not.include('ada');
    expect(seal.open(sealed, 'here')).to.deep.equal({ email: 'ada@acme.example' });
  });

  it('does not open in another place', () => {
    const sealed = seal.seal('secret', 'job:1');
    expect(() => seal.open(sealed, 'job:2')).to.throw();
  });

  it('does not open when one character was changed', () => {
    const sealed = seal.seal('secret', 'here');
    const changed = sealed.replace(/[^.]\w*$/, (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1));
    expect(() => seal.open(changed, 'here')).to.throw();
  });

  it('opens with an old key after rotation, and seals with the new one', () => {
    const rotated = createSeal({
      current: 'b',
      byId: new Map([
        ['b', second],
        ['a', first],
      ]),
    });
    expect(rotated.open(seal.seal('old', 'here'), 'here')).to.equal('old');
    expect(rotated.seal('new', 'here')).to.match(/^v1\.b\./);
    expect(() => seal.open(rotated.seal('new', 'here'), 'here')).to.throw('not configured');
  });
});
