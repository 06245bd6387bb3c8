import { expect } from 'chai';
import { closeFrame, FrameBoundary, POLICY_VIOLATION } from '../../../src/http/gateway/web-socket-frames.ts';

/** @param length of its payload */
function frame(length: number, isMasked = false): Buffer {
  const mask = isMasked ? 0x80 : 0;
  const head =
    length < 126
      ? [0x82, mask | length]
      : length < 65_536
        ? [0x82, mask | 126, length >> 8, length & 0xff]
        : [0x82, mask | 127, 0, 0, 0, 0, 0, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(isMasked ? 4 : 0), Buffer.alloc(length, 0x82)]);
}

describe('the frames of a WebSocket connection', () => {
  for (const isMasked of [false, true])
    it(`end where their length says (${isMasked ? 'masked' : 'not masked'})`, () => {
      for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]) {
        const bytes = Buffer.concat([frame(length, isMasked), frame(3, isMasked)]);
        const first = bytes.length - frame(3, isMasked).length;
        for (const size of [1, 7, 1_000, 100_000]) {
          const boundary = new FrameBoundary();
          expect(boundary.isComplete).to.equal(true);
          for (let i = 0; i < bytes.length; i += size) {
            boundary.add(bytes.subarray(i, i + size));
            const end = Math.min(i + size, bytes.length);
            expect(boundary.isComplete, `${length} by ${size} at ${end}`).to.equal(
              end === first || end === bytes.length,
            );
          }
        }
      }
    });

  it('end with one that says why', () => {
    expect(closeFrame(POLICY_VIOLATION, 'invalid_api_key').toString('latin1')).to.equal(
      '\x88\x11\x03\xf0invalid_api_key',
    );
  });
});
