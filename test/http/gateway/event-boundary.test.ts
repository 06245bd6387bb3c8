import { expect } from 'chai';
import { EventBoundary } from '../../../src/http/gateway/event-boundary.ts';

describe('the last event of a stream', () => {
  for (const [text, isComplete] of [
    ['', true],
    ['data: 1\n\n', true],
    ['data: 1\r\n\r\n', true],
    ['data: 1\r\r', true],
    ['data: 1\n', false],
    ['data: 1\r\n', false],
    ['data: 1', false],
    ['\n\ndata: 1', false],
  ] as const)
    it(`is ${isComplete ? 'complete' : 'not complete'} after ${JSON.stringify(text)}, however it comes`, () => {
      for (const size of [1, 3, 100]) {
        const boundary = new EventBoundary();
        for (let i = 0; i < text.length; i += size) boundary.add(Buffer.from(text.slice(i, i + size)));
        expect(boundary.isComplete, `pieces of ${size}`).to.equal(isComplete);
      }
    });
});
