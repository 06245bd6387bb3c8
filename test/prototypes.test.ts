/** The prototype that all objects share is closed in the processes and threads that callers reach. */
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './support/api-keys.ts';
import { apiKey } from './support/callers.ts';
import { call } from './support/client.ts';
import { accepted, ended, rowsOf, upload } from './support/imports.ts';
import { world, WORLD_MS } from './support/world.ts';

const FILE = fileURLToPath(new URL('../src/prototypes.ts', import.meta.url));

/** In a process of its own: what is closed stays closed. @returns what it printed */
function whenClosed(code: string): unknown {
  const source = `import(${JSON.stringify(FILE)}).then(({ closePrototypes }) => {
    closePrototypes();
    const tried = (what) => { try { what(); return 'done'; } catch (error) { return error.name; } };
    console.log(JSON.stringify((() => { 'use strict'; ${code} })()));
  });`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', source], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('closed prototypes', () => {
  it('take nothing, by whatever name they are reached', () => {
    expect(
      whenClosed(`
        const path = (o, ...names) => names.reduce((at, name) => at?.[name], o);
        return [
          tried(() => { path({}, 'constructor', 'prototype').x = 1; }),
          tried(() => { path({}, 'constructor', 'prototype').toString = 1; }),
          tried(() => { path({}, 'constructor').keys = 1; }),
          tried(() => { path([], '__proto__', '__proto__').x = 1; }),
          tried(() => { delete Object.prototype.toString; }),
          ({}).x === undefined, typeof ({}).toString, typeof Object.keys, '__proto__' in {},
        ];`),
    ).to.deep.equal([...Array<string>(5).fill('TypeError'), true, 'function', 'function', false]);
  });

  it('keep nobody from having a member of an inherited name', () => {
    expect(
      whenClosed(`
        const assigned = {};
        for (const name of ['constructor', 'toString', '__proto__', 'valueOf']) assigned[name] = name;
        const error = new Error('x');
        error.toString = () => 'mine';
        class Own { toString() { return 'own'; } }
        return [assigned, Object.keys(assigned), String(error), String(new Own()), { ...assigned }];`),
    ).to.deep.equal([
      JSON.parse(
        '{"constructor":"constructor","toString":"toString","__proto__":"__proto__","valueOf":"valueOf"}',
      ),
      ['constructor', 'toString', '__proto__', 'valueOf'],
      'mine',
      'own',
      JSON.parse(
        '{"constructor":"constructor","toString":"toString","__proto__":"__proto__","valueOf":"valueOf"}',
      ),
    ]);
  });

  describe('of a deployment', () => {
    before(async function () {
      this.timeout(WORLD_MS);
      await world();
    });

    it('are those of the API, its ingest thread and the worker', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'trivium-probe-'));
      try {
        const [probe, seen] = [join(folder, 'probe.cjs'), join(folder, 'seen')];
        // Looks from within, as any library could; in threads only what is required is loaded ahead.
        writeFileSync(
          probe,
          `const { appendFileSync } = require('node:fs');
           const { isMainThread } = require('node:worker_threads');
           if ('__proto__' in {}) appendFileSync(process.env.PROBE_FILE, 'open\\n');
           const timer = setInterval(() => {
             if (!Object.isFrozen(Object.prototype) || !Object.isFrozen(Object)) return;
             clearInterval(timer);
             appendFileSync(process.env.PROBE_FILE, (isMainThread ? process.env.PROBE_NAME : 'thread') + '\\n');
           }, 20).unref();`,
        );
        writeFileSync(seen, '');
        const env = (name: string) => ({
          NODE_OPTIONS: `--require=${probe}`,
          PROBE_FILE: seen,
          PROBE_NAME: name,
        });
        const { startApi, startWorker } = await world();
        const api = await startApi('api-probed', env('api'));
        const worker = await startWorker('worker-probed', env('worker'));
        await accepted([{ email: 'none' }], { at: api.url });
        const lines = () => readFileSync(seen, 'utf8').trim().split('\n');
        await until(() =>
          Promise.resolve(['api', 'thread', 'worker'].every((name) => lines().includes(name))),
        );
        expect(lines()).to.not.include('open');
        await Promise.all([api.stop(), worker.stop()]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('leave header fields, queries and bodies of such names to themselves', async () => {
      const as = await apiKey('acme');
      const headers = { constructor: 'x', tostring: 'y', prototype: 'z' };
      expect((await call('GET', '/v1/users', { as, headers })).status).to.equal(200);
      for (const query of ['?__proto__=1', '?constructor=1', '?constructor[prototype]=1', '?toString=1'])
        expect((await call('GET', `/v1/users${query}`, { as })).status, query).to.equal(400);
      const bodies: [string, number][] = [
        ['{"email":"a@x.example","user_metadata":{"__proto__":{"x":1}}}', 400],
        ['{"email":"a@x.example","user_metadata":{"constructor":{"prototype":{"x":1}}}}', 400],
        ['{"email":"a@x.example","__proto__":{"x":1}}', 400],
        ['{"email":"a@x.example","toString":"x"}', 422],
      ];
      for (const [body, status] of bodies) {
        const answer = await call('POST', '/v1/users', {
          as,
          body,
          headers: { 'content-type': 'application/json' },
        });
        expect(answer.status, body).to.equal(status);
      }
    });

    it("leave other tenants' rows alone, whatever a column is called", async () => {
      const column = 'user_metadata.constructor.prototype.x';
      for (let round = 0; round < 3; round += 1)
        await upload(`email,${column}\na@x.example,1\n`, { type: 'csv', as: await apiKey('globex') });
      for (const api of [0, 1] as const) {
        const path = await accepted([{ email: `${crypto.randomUUID()}@proto.example` }], { api });
        expect((await ended(path)).counts.created).to.equal(1);
        expect((await rowsOf(path)).map(({ status }) => status)).to.deep.equal(['created']);
      }
    });
  });
});
