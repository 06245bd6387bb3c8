/** `npm start` with services of one's own. */
import { expect } from 'chai';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevJson } from '../../../src/start/dev-json.ts';
import { aService } from '../../gateway/a-service.ts';
import { SERVICES, writeServices } from '../../gateway/declaration/orders.ts';
import { runProgram } from '../../start/program.ts';
import { basic } from '../../support/basic-credential.ts';

describe('npm start with SERVICES', () => {
  const start = (env: Record<string, string>, args: string[] = []) =>
    runProgram('src/start/main.ts', { PORT: '0', AUTHORITY_PORT: '0', ...env }, args);

  it('puts them behind the gateway, for the demo tenants', async function () {
    this.timeout(300_000);
    const home = mkdtempSync(join(tmpdir(), 'trivium-own-services-'));
    const service = await aService();
    const file = writeServices(SERVICES.replace('http://127.0.0.1:4100/', service.url));
    // The folder is older than the services.
    const before = start({ TRIVIUM_HOME: home });
    await before.untilSaid(/Ctrl-C/);
    before.kill('SIGTERM');
    await before.ended;
    const running = start({ TRIVIUM_HOME: home, SERVICES: file });
    try {
      await running.untilSaid(/Ctrl-C/);
      expect(running.said()).to.include(`services       those of ${file}`);
      expect(running.said()).to.match(/npm run test-services -- \S+services\.yaml$/m);
      const { api, tenants } = JSON.parse(readFileSync(join(home, 'dev.json'), 'utf8')) as DevJson;
      const { client_id, client_secret } = tenants[0]!.api_key;
      const headers = { authorization: basic(client_id, client_secret) };
      expect((await fetch(`${api}/orders/orders`, { headers })).status).to.equal(200);
      expect(service.arrived.map(({ url }) => url)).to.deep.equal(['/orders']);
    } finally {
      running.kill('SIGTERM');
      await running.ended;
      await service.close();
      await rm(home, { recursive: true, force: true });
    }
  });

  it('says what is wrong with them, and starts nothing', async () => {
    const file = writeServices();
    writeFileSync(file, SERVICES.replace('listOrders', 'listNothing'));
    const wrong = start({ SERVICES: file });
    expect(await wrong.ended).to.equal(1);
    expect(wrong.said()).to.match(/services\.yaml:\d+: .* has no operation listNothing/);
    const both = start({ SERVICES: file }, ['--example', 'orders']);
    expect(await both.ended).to.equal(1);
    expect(both.said()).to.include('leave one of them out');
  });
});
