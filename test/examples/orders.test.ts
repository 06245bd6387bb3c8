/** The example services, as processes of their own, called as the gateway calls them. */
import { expect } from 'chai';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Principal } from '../../src/principal.ts';
import {
  APP,
  startPrincipalIssuer,
  TENANT,
  USER,
  type PrincipalIssuer,
} from '../support/principal-issuer.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (name: string) => readFileSync(join(PROJECT, name), 'utf8');
interface Order {
  id: string;
  item: string;
}
interface Page {
  orders: Order[];
  next?: string;
}

const jsonOf = async <T>(answer: Response) => (await answer.json()) as T;
const HEADS: Record<string, string> = { 'Content-Type': 'application/json' };

const node = ['--import', 'tsx', '--conditions=trivium-source', 'examples/orders/server.mjs'];
const python = ['-B', 'examples/orders-python/server.py'];
const hasCryptography = spawnSync('python3', ['-c', 'import cryptography']).status === 0;
const services: { name: string; command: string[]; env: Record<string, string>; verifies: boolean }[] = [
  { name: 'in Node', command: [process.execPath, ...node], env: {}, verifies: true },
  {
    name: 'in Python, which trusts its network',
    command: ['python3', ...python],
    env: { TRUST_NETWORK: '1' },
    verifies: false,
  },
];
if (hasCryptography)
  services.push({ name: 'in Python', command: ['python3', ...python], env: {}, verifies: true });

for (const { name, command, env, verifies } of services)
  describe(`the example orders ${name}`, () => {
    let issuer: PrincipalIssuer;
    let child: ChildProcess;
    let url: string;
    before(async () => {
      issuer = await startPrincipalIssuer();
      const [program = '', ...args] = command;
      child = spawn(program, args, {
        cwd: PROJECT,
        env: { PATH: process.env['PATH'], PORT: '0', TRIVIUM_URL: issuer.url, REPORT_ROW_MS: '1', ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      url = await addressOf(child);
    });
    after(async () => {
      if (child?.exitCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await issuer?.close();
    });

    const call = (principal: Principal | string, path: string, init: RequestInit = {}) =>
      fetch(url + path, {
        ...init,
        headers: {
          ...HEADS,
          'Trivium-Principal': typeof principal === 'string' ? principal : issuer.tokenFor(principal),
        },
      });
    const create = (principal: Principal, item: unknown, quantity: unknown = 1) =>
      call(principal, '/orders', { method: 'POST', body: JSON.stringify({ item, quantity }) });

    async function pagesOf(principal: Principal, limit: number): Promise<string[][]> {
      const pages: string[][] = [];
      for (let after = ''; ;) {
        const page = await jsonOf<Page>(await call(principal, `/orders?limit=${limit}${after}`));
        pages.push(page.orders.map(({ item }) => item));
        if (page.next === undefined) return pages;
        after = `&after=${page.next}`;
      }
    }

    it('creates orders, shows each, and lists them page by page', async () => {
      for (const item of ['first', 'second', 'third']) {
        const made = await create(USER, item, 2);
        expect(made.status).to.equal(201);
        const order = await jsonOf<Order>(made);
        expect(order).to.include({ item, quantity: 2, created_by: USER.userId });
        expect(made.headers.get('location')).to.equal(`/orders/${order.id}`);
        expect(await (await call(TENANT, `/orders/${order.id}`)).json()).to.deep.equal(order);
      }
      expect(await pagesOf(TENANT, 2)).to.deep.equal([['first', 'second'], ['third']]);
      expect(await pagesOf(TENANT, 3)).to.deep.equal([['first', 'second', 'third']]);
    });

    it('shows nothing of one tenant to another', async () => {
      const { id } = await jsonOf<Order>(await create(TENANT, 'of acme'));
      expect(await pagesOf(APP, 100)).to.deep.equal([[]]);
      expect((await call(APP, `/orders/${id}`)).status).to.equal(404);
    });

    it('refuses what is no order', async () => {
      expect((await create(USER, 5)).status).to.equal(422);
      expect((await create(USER, 'lamp', 'many')).status).to.equal(422);
      expect((await call(USER, '/orders', { method: 'POST', body: '{' })).status).to.equal(422);
      expect((await call(USER, '/orders?limit=1000')).status).to.equal(422);
      expect((await call(USER, '/nowhere')).status).to.equal(404);
    });

    it('reports the day row by row', async () => {
      const rows = (await (await call(USER, '/reports/daily')).text()).trim().split('\r\n');
      expect(rows[0]).to.equal('hour,orders,quantity');
      expect(rows).to.have.length(25);
    });

    it('sends events of the tenant as they happen', async () => {
      const stream = await call(USER, '/events');
      expect(stream.headers.get('content-type')).to.equal('text/event-stream');
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      expect((await reader.read()).value).to.equal(':\n\n');
      await create(APP, 'of globex');
      await create(TENANT, 'of acme, too');
      expect((await reader.read()).value).to.match(
        /^event: order\.created\ndata: \{.*"of acme, too".*\}\n\n$/,
      );
      await reader.cancel();
    });

    it('refuses who did not come through Trivium', async () => {
      const [header, payload, signature] = issuer.tokenFor(USER).split('.');
      const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
      const changed = (changes: object) =>
        [
          header,
          Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url'),
          signature,
        ].join('.');
      for (const token of ['', 'x', 'a.b.c', changed({ aud: 'billing' })])
        expect((await call(token, '/orders')).status, token).to.equal(401);
      // What a service that trusts its network believes: nobody else may reach its port.
      for (const token of [changed({ tenant_id: 'globex' }), `${issuer.tokenFor(USER)}, x`])
        expect((await call(token, '/orders')).status).to.equal(verifies ? 401 : 200);
    });
  });

describe('the examples', () => {
  it('in Node have at most a hundred lines', () => {
    expect(textOf('examples/orders/server.mjs').trimEnd().split('\n').length).to.be.at.most(100);
  });

  it('verify in Python as the page of the verifier shows', () => {
    const page = textOf('src/principal-verifier/README.md');
    expect(page).to.contain('```python\n' + textOf('examples/orders-python/verify_principal.py') + '```');
  });

  it('in Python do not start where they cannot verify and were not told to trust', () => {
    // `-S` leaves out installed packages.
    const { status, stderr } = spawnSync('python3', ['-S', ...python], { cwd: PROJECT, encoding: 'utf8' });
    expect(status).to.equal(1);
    expect(stderr).to.contain('TRUST_NETWORK');
  });
});

/** As the service says once it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr as Readable })) {
    said.push(line);
    const [, port] = /^orders: http:\/\/localhost:(\d+)$/.exec(line) ?? [];
    if (port !== undefined) return `http://127.0.0.1:${port}`;
  }
  throw new Error(`the service ended: ${said.join('\n')}`);
}
