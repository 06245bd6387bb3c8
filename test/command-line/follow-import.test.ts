import { expect } from 'chai';
import { statesOf } from '../../src/command-line/follow-import.ts';

const state = (status: string) => ({ id: 'i', status, total: 3, counts: { pending: 1, created: 2 } });
const stream = [
  'retry: 2000\n\n',
  ': heartbeat\n\n',
  `id: 1\nevent: import\ndata: ${JSON.stringify(state('running'))}\n\n`,
  'event: other\ndata: not an import\n\n',
  // One event in two lines of data, with CRLF (HTML standard, section 9.2.6).
  'id: 2\r\ndata: {"id":"ï","status":"completed",\r\ndata: "total":3,"counts":{}}\r\n\r\n',
].join('');

describe('events of an import', () => {
  it('are read however they are cut, and what is no import is left out', async () => {
    const bytes = Buffer.from(stream);
    for (let size = 1; size <= bytes.length; size += 13) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
          controller.close();
        },
      });
      const states = [];
      for await (const found of statesOf(body)) states.push([found.id, found.status]);
      expect(states).to.deep.equal([
        ['i', 'running'],
        ['ï', 'completed'],
      ]);
    }
  });
});
