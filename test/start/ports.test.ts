/** Free ports for servers that start side by side. */
import { expect } from 'chai';
import { createServer } from 'node:net';
import { anyFreePort } from '../../src/start/ports.ts';

describe('a free port', () => {
  const before = process.env['FREE_PORTS'];
  afterEach(() => {
    if (before === undefined) delete process.env['FREE_PORTS'];
    else process.env['FREE_PORTS'] = before;
  });

  it('is returned once, though nothing listens on it yet', async () => {
    process.env['FREE_PORTS'] = '14000-14020';
    const ports = await Promise.all(Array.from({ length: 10 }, () => anyFreePort()));
    expect(new Set(ports).size).to.equal(10);
    for (const port of ports) expect(port).to.be.within(14_000, 14_019);
  });

  it('is none on which something listens', async () => {
    process.env['FREE_PORTS'] = '14100-14102';
    const server = createServer();
    await new Promise<void>((done) => server.listen(14_100, '127.0.0.1', done));
    try {
      expect(await anyFreePort()).to.equal(14_101);
    } finally {
      server.close();
    }
  });
});
