/**
 * The way of one process to Redis, which can be told that from its n-th command on Redis does nothing for it any more: as one that is full
 * (`refused`), or as one whose connections are lost before or after a command is done. All answers are those of a real Redis.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { exists, hasFlag } from '@ioredis/commands';

/** `refused`: writes, from that command on. `lost`: it is not done, and every connection is gone; `done`: the same when it is done. */
export type Refusal = 'refused' | 'lost' | 'done';

export interface RefusingWay {
  url: string;
  /** Counts what changes something from now on; the one after so many is the first that meets it. */
  after(count: number, refusal: Refusal): void;
  /** All is well again. @returns the command that met it; undefined: none did */
  end(): string | undefined;
  close(): Promise<void>;
}

const OOM = "OOM command not allowed when used memory > 'maxmemory'.";
/** What a process does on its own account, whoever asks it for what. */
const OF_ITS_OWN = /trivium:(probe|keys-in-use)|\{(events|usage:[^}]*|requests:[^}]*)\}|-use\b/;

export async function refusingWay(redisUrl: string): Promise<RefusingWay> {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let left = Infinity;
  let refusal: Refusal = 'refused';
  let met: string | undefined;

  const cut = () => sockets.forEach((socket) => socket.destroy());

  /** @returns what Redis is to be given instead of a command, or of a whole transaction; undefined: nothing, and no connection lives on */
  function pass(commands: string[][], raw: Buffer[]): Buffer[] | undefined {
    const isMulti = commands.length > 1;
    const isWrite = isMulti || isChange(commands[0]!);
    if (!isWrite || OF_ITS_OWN.test(commands.flat().join(' '))) return raw;
    if (met === undefined && left > 0) {
      left -= 1;
      return raw;
    }
    met ??= commands
      .map(([name, first = '', , key = '']) => `${name} ${/^eval/i.test(name!) ? key : first}`)
      .join(', ');
    if (refusal === 'lost') return undefined;
    if (refusal === 'done') return raw;
    if (!isMulti) return [reply(OOM)];
    const queued = commands.slice(1, -1).map(() => reply(OOM));
    return [ok, ...queued, reply(`EXECABORT Transaction discarded because of: ${OOM}`)];
  }

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let isDone = false;
    upstream.on('data', (chunk) => {
      if (isDone) cut();
      else client.write(chunk);
    });
    const commands = reader();
    let transaction: { commands: string[][]; raw: Buffer[] } | undefined;
    client.on('data', (chunk) => {
      for (const { words, raw } of commands(chunk)) {
        const name = words[0]!.toLowerCase();
        if (name === 'multi') transaction = { commands: [], raw: [] };
        transaction?.commands.push(words);
        transaction?.raw.push(raw);
        if (transaction && name !== 'exec') continue;
        const before = met;
        const given = pass(transaction?.commands ?? [words], transaction?.raw ?? [raw]);
        transaction = undefined;
        if (!given) return cut();
        if (before === undefined && met !== undefined && refusal === 'done') isDone = true;
        for (const one of given) upstream.write(one);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    after(count, how) {
      left = count;
      refusal = how;
      met = undefined;
    },
    end() {
      const was = met;
      left = Infinity;
      met = undefined;
      return was;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of a script nobody can see what it does. */
function isChange([name]: string[]): boolean {
  const command = name!.toLowerCase();
  return !exists(command) || hasFlag(command, 'write') || /^eval/.test(command);
}

const script = (source: string): Buffer =>
  Buffer.from(`*3\r\n$4\r\nEVAL\r\n$${source.length}\r\n${source}\r\n$1\r\n0\r\n`);
const reply = (error: string): Buffer => script(`return redis.error_reply("${error}")`);
const ok = script("return redis.status_reply('OK')");

/** Splits what a client sends into commands: arrays of bulk strings. */
function reader() {
  let rest = Buffer.alloc(0);
  return function* (chunk: Buffer): Generator<{ words: string[]; raw: Buffer }> {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const found = command(rest);
      if (!found) return;
      yield { words: found.words, raw: rest.subarray(0, found.end) };
      rest = rest.subarray(found.end);
    }
  };
}

function command(bytes: Buffer): { words: string[]; end: number } | undefined {
  let at = 0;
  const line = () => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const text = bytes.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  const count = line();
  if (count === undefined) return undefined;
  const words: string[] = [];
  for (let i = 0; i < Number(count.slice(1)); i += 1) {
    const length = line();
    if (length === undefined) return undefined;
    const end = at + Number(length.slice(1));
    if (bytes.length < end + 2) return undefined;
    words.push(bytes.toString('latin1', at, end));
    at = end + 2;
  }
  return { words, end: at };
}
