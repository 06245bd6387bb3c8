/** Scripts and what they take, by name: what disagrees is found when it is loaded. On a Redis of its own. */
import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkScript, namesIn, readScript, sourceOf } from '../../src/redis/script-text.ts';
import { defineScript } from '../../src/redis/scripts.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';

const files = (ending: string) =>
  ['src', 'workers'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending) && !name.startsWith('stand-in'))
      .map((name) => join(folder, name)),
  );

describe('Lua scripts', () => {
  let server: RedisServer;
  let folder: string;
  before(async () => {
    [server, folder] = await Promise.all([redisServer(), mkdtemp(join(tmpdir(), 'trivium-scripts-'))]);
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(name: string, text: string): Promise<URL> {
    const path = join(folder, name);
    await writeFile(path, text);
    return pathToFileURL(path);
  }

  const head = (...lines: string[]) => lines.map((line) => `-- ${line}\n`).join('');

  describe('as they are written', () => {
    for (const [what, text, sentence] of [
      ['reads a key by place', "return redis.call('GET', KEYS[1])", 'it reads KEYS by index'],
      ['counts keys', 'return #KEYS', 'it reads KEYS by index'],
      ['reads an argument by place', 'return ARGV[2]', 'it reads ARGV by index'],
      ['unpacks arguments', 'return {unpack(ARGV, 2)}', 'it reads ARGV by index'],
      ['uses a name of nowhere', 'return idd', 'it uses "idd", which is not declared'],
      ['writes a global', 'count = 1', 'it uses "count", which is not declared'],
      ['calls a function of nowhere', 'return fairQueue(1)', 'it uses "fairQueue", which is not declared'],
      ['leaves a key unused', `${head('@key app  hash')}return 1`, '"app" is declared but not used'],
      ['leaves a tail unused', `${head('@arg ...rows')}return 1`, '"rows" is declared but not used'],
      [
        'names one in a comment only',
        `${head('@arg id')}-- id\nreturn 1 -- id`,
        '"id" is declared but not used',
      ],
      ['names one in a string only', `${head('@arg id')}return 'id'`, '"id" is declared but not used'],
      [
        'names one as a field only',
        `${head('@arg id')}return {id = cjson.id}`,
        '"id" is declared but not used',
      ],
      ['declares a name twice', `${head('@key id', '@arg id')}return id`, '"id" is declared twice'],
      ['declares a word of Lua', `${head('@arg until')}return 1`, '"until" has another meaning in Lua'],
      ['declares a library', `${head('@key table')}return table`, '"table" has another meaning in Lua'],
      ['has no name there', `${head('@arg a-b')}return 1`, '"a-b" is not a variable name'],
      [
        'has a tail before the end',
        `${head('@arg ...rows', '@arg id')}return {rows, id}`,
        '"...rows" must be the last',
      ],
      [
        'leaves out a key before others',
        `${head('@key a?', '@key b')}return {a, b}`,
        'only the last key can be optional',
      ],
      ['leaves out an argument', `${head('@arg id?')}return id`, 'only the last key can be optional'],
    ] as const)
      it(`are refused when one ${what}`, () => {
        expect(() => checkScript(readScript('change-app.lua', text))).to.throw(Error, 'change-app.lua: ');
        expect(() => checkScript(readScript('change-app.lua', text))).to.throw(sentence);
      });

    for (const [lua, used, local] of [
      ["local a, b = 1, redis.call('GET', x)", ['redis', 'x'], ['a', 'b']],
      ['local function f(a, ...) return a.b end', ['a'], ['a', 'f']],
      ['for i, key in ipairs(keys) do y = i end', ['i', 'ipairs', 'keys', 'y'], ['i', 'key']],
      ['function queue.add(id) return id end', ['id', 'queue'], ['id']],
      ['local f = function(a) return a == b end', ['a', 'b'], ['a', 'f']],
      ['return {a = b, [c] = d, e == f and g}', ['b', 'c', 'd', 'e', 'f', 'g'], []],
      ["return x .. 'it\\'s a' .. [[ b ]] .. 2e3 -- c", ['x'], []],
      ['return 0x1F + 1e-6 .. y', ['y'], []],
    ] as const)
      it(`are read for their names: ${lua}`, () => {
        const found = namesIn(lua);
        expect([...found.used].filter((name) => name !== 'f' || !found.local.has('f')).sort()).to.deep.equal(
          used,
        );
        expect([...found.local].sort()).to.deep.equal(local);
      });

    for (const path of files('.lua'))
      it(`compile, and are used: ${path}`, async () => {
        const source = sourceOf(readScript(path, await readFile(path, 'utf8')));
        expect(await server.admin.script('LOAD', source)).to.be.a('string');
        const users = files('.ts').filter((module) => {
          const text = readFileSync(module, 'utf8');
          return text.includes(basename(path, '.lua')) && /defineScript|budgetScript/.test(text);
        });
        expect(users).to.not.deep.equal([]);
      });

    it('agree with who defines them, all of them', async () => {
      const modules = files('.ts').filter((path) => readFileSync(path, 'utf8').includes('defineScript({'));
      expect(modules).to.not.deep.equal([]);
      for (const path of modules) await import(pathToFileURL(path).href);
    });
  });

  describe('as they are defined', () => {
    it('get their keys and arguments by name, in whatever order they are given', async () => {
      const file = await write(
        'order.lua',
        `${head('@key a', '@key b', '@arg c', '@arg d')}return {a, b, c, d}`,
      );
      const order = defineScript({ file, keys: ['a', 'b'], args: ['c', 'd'] });
      const given = { d: Buffer.from('4'), c: 3, b: '2', a: '1' };
      expect(await order(server.admin, given)).to.deep.equal(['1', '2', '3', '4']);
      expect(await order.runFirst(server.admin, given)).to.deep.equal(['1', '2', '3', '4']);
    });

    it('take tails of keys and of arguments, however long', async () => {
      const text = `${head('@key a', '@key ...more', '@arg b', '@arg ...rest')}return {a, #more, b, #rest, rest[#rest]}`;
      const tails = defineScript({
        file: await write('tails.lua', text),
        keys: ['a', '...more'],
        args: ['b', '...rest'],
      });
      const rest = Array.from({ length: 20_000 }, (_, i) => i);
      expect(await tails(server.admin, { a: 'a', more: ['x', 'y'], b: 'b', rest })).to.deep.equal(
        ['a', 2, 'b', 20_000, '19999'], // prettier-ignore
      );
      expect(await tails(server.admin, { a: 'a', more: [], b: 'b', rest: [] })).to.deep.equal([
        'a',
        0,
        'b',
        0,
      ]);
    });

    it('do without a key that may be left out', async () => {
      const file = await write(
        'optional.lua',
        `${head('@key a', '@key b?', '@arg c')}return {a, b or 'none', c}`,
      );
      const optional = defineScript({ file, keys: ['a', 'b?'], args: ['c'] });
      expect(await optional(server.admin, { a: '1', c: 3 })).to.deep.equal(['1', 'none', '3']);
      expect(await optional(server.admin, { a: '1', b: '2', c: 3 })).to.deep.equal(['1', '2', '3']);
    });

    it('call others by name, and those the ones before them', async () => {
      const twice = await write('twice.lua', `${head('@arg n')}return n * 2`);
      const four = await write('four.lua', `${head('@key key', '@arg n')}return key .. twice(twice(n))`);
      const file = await write('caller.lua', `${head('@key key', '@arg n')}return fourTimes(key, n)`);
      const call = defineScript({ file, keys: ['key'], args: ['n'], uses: { twice, fourTimes: four } });
      expect(await call(server.admin, { key: 'k', n: 3 })).to.equal('k12');
      const wrongOrder = { fourTimes: four, twice };
      expect(() => defineScript({ file, keys: ['key'], args: ['n'], uses: wrongOrder })).to.throw(
        'four.lua: it uses "twice"',
      );
      expect(() =>
        defineScript({ file, keys: ['key'], args: ['n'], uses: { fourTimes: four, twice: four } }),
      ).to.throw();
      const unused = { twice, fourTimes: four, other: twice };
      expect(() => defineScript({ file, keys: ['key'], args: ['n'], uses: unused })).to.throw(
        'caller.lua: it does not use "other"',
      );
    });

    it('are sent by hash, and in full only when Redis does not know them', async () => {
      const file = await write('sent.lua', `${head('@arg n')}return n`);
      const sent = defineScript({ file, keys: [], args: ['n'] });
      await server.admin.script('FLUSH');
      await server.admin.config('RESETSTAT');
      for (let n = 0; n < 3; n += 1) expect(await sent(server.admin, { n })).to.equal(String(n));
      const stats = await server.admin.info('commandstats');
      expect(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1]).to.equal('3');
      expect(/cmdstat_eval:calls=(\d+)/.exec(stats)?.[1]).to.equal('1');
    });

    for (const [what, keys, args, sentence] of [
      ['lacks a key', ['a'], ['c'], 'its header (-- @key) names "a", "b", and defineScript "a"'],
      ['has them in another order', ['b', 'a'], ['c'], 'defineScript "b", "a"'],
      [
        'has an argument too many',
        ['a', 'b'],
        ['c', 'd'],
        'its header (-- @arg) names "c", and defineScript "c", "d"',
      ],
      ['has a tail for one', ['a', 'b'], ['...c'], 'its header (-- @arg) names "c", and defineScript "...c"'],
      ['has none', ['a', 'b'], [], 'its header (-- @arg) names "c", and defineScript none'],
    ] as const)
      it(`are refused when the definition ${what}`, async () => {
        const file = await write('named.lua', `${head('@key a', '@key b', '@arg c')}return {a, b, c}`);
        expect(() => defineScript({ file, keys, args })).to.throw(`named.lua: `);
        expect(() => defineScript({ file, keys, args })).to.throw(sentence);
      });

    it('say which value is missing, when nobody looked at types', async () => {
      const file = await write('missing.lua', `${head('@key a', '@arg b')}return {a, b}`);
      const missing = defineScript({ file, keys: ['a'], args: ['b'] });
      const given = { a: 'a' } as { a: string; b: string };
      const error = await missing(server.admin, given).catch((reason: Error) => reason);
      expect(error).to.be.an('error').with.property('message', 'missing.lua: no value for "b"');
    });
  });
});
