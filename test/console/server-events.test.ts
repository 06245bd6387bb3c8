import { expect } from 'chai';
import { readEvents } from '../../src/console/server-events.ts';

async function eventsOf(...chunks: string[]): Promise<string[]> {
  async function* source() {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const events: string[] = [];
  for await (const { name, data } of readEvents(source())) events.push(`${name} ${data}`);
  return events;
}

describe('server-sent events in the console', () => {
  const STREAM = 'retry: 5000\n\n: still there\n\nevent: deployment\ndata: {"a":"b: c"}\n\ndata:x\n\n';

  it('are read whole, wherever the stream is cut', async () => {
    const expected = ['deployment {"a":"b: c"}', 'message x'];
    expect(await eventsOf(STREAM)).to.deep.equal(expected);
    expect(await eventsOf(...STREAM)).to.deep.equal(expected);
    expect(await eventsOf(STREAM.replaceAll('\n', '\r\n'))).to.deep.equal(expected);
  });

  it('are left out when the stream ends within one', async () => {
    expect(await eventsOf('data: 1\n\ndata: 2\n')).to.deep.equal(['message 1']);
  });
});
