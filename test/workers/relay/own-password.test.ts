import { expect } from 'chai';
import { unknowablePassword } from '../../../workers/relay/unknowable-password.ts';

const DRAWS = 2_000;

/** Three in a row: the strictest policy refuses `aaa`, `abc`, `321`. */
function hasRun(text: string, step: number): boolean {
  const codes = [...text.toLowerCase()].map((character) => character.charCodeAt(0));
  return codes.some(
    (code, i) => i >= 2 && codes[i - 1]! - codes[i - 2]! === step && code - codes[i - 1]! === step,
  );
}

describe('the password that nobody knows', () => {
  it('meets the strictest policy that a connection can have', () => {
    for (let i = 0; i < DRAWS; i += 1) {
      const password = unknowablePassword();
      expect(password).to.have.length(72);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) expect(password).to.match(kind);
      for (const step of [0, 1, -1]) expect(hasRun(password, step), password).to.equal(false);
    }
  });

  it('is another one each time', () => {
    const seen = new Set(Array.from({ length: DRAWS }, unknowablePassword));
    expect(seen.size).to.equal(DRAWS);
  });
});
