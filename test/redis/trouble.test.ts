/** What Redis says when it does nothing, from a real one in each such state, and what it is taken for. */
import { expect } from 'chai';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis, type RedisOptions } from 'ioredis';
import { Problem } from '../../src/problem.ts';
import { redisProblem, sendAll } from '../../src/redis/connections.ts';
import { findRedisTrouble, type RedisTrouble } from '../../src/redis/trouble.ts';
import { until } from '../support/api-keys.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';

const WRITE_IN_SCRIPT = "return redis.call('SET', KEYS[1], ARGV[1])";

/** Ways in which a command is sent. */
const ways: Record<string, (redis: Redis) => Promise<unknown>> = {
  'a command': (redis) => redis.set('key', 'new'),
  'a script': (redis) => redis.eval(WRITE_IN_SCRIPT, 1, 'key', 'new'),
  'a transaction': (redis) => redis.multi().set('key', 'new').incr('other').exec(),
  'a pipeline': (redis) => sendAll(redis.pipeline().set('key', 'new').incr('other')),
};

/** States in which one and the same server refuses, and which pass. */
const states: {
  code: string;
  trouble: RedisTrouble;
  begin: (server: RedisServer) => Promise<unknown>;
  end: (server: RedisServer) => Promise<unknown>;
}[] = [
  {
    code: 'OOM',
    trouble: 'refused',
    begin: ({ admin }) => admin.config('SET', 'maxmemory', '1'),
    end: ({ admin }) => admin.config('SET', 'maxmemory', '0'),
  },
  {
    code: 'NOREPLICAS',
    trouble: 'refused',
    begin: ({ admin }) => admin.config('SET', 'min-replicas-to-write', '1'),
    end: ({ admin }) => admin.config('SET', 'min-replicas-to-write', '0'),
  },
  {
    code: 'READONLY',
    trouble: 'elsewhere',
    begin: ({ admin }) => admin.replicaof('127.0.0.1', 1),
    end: ({ admin }) => admin.replicaof('NO', 'ONE'),
  },
  {
    code: 'MISCONF',
    trouble: 'refused',
    begin: async ({ admin, folder }) => {
      // What it would write its dump to is a folder.
      await mkdir(join(folder, 'dump.rdb'), { recursive: true });
      await mkdir(join(folder, 'dump.rdb', 'full'), { recursive: true });
      await admin.config('SET', 'save', '3600 1');
      await admin.bgsave();
      await until(async () => (await admin.info('persistence')).includes('rdb_last_bgsave_status:err'));
    },
    end: ({ admin }) => admin.config('SET', 'stop-writes-on-bgsave-error', 'no'),
  },
  {
    code: 'NOPERM',
    trouble: 'refused',
    begin: ({ admin }) => admin.acl('SETUSER', 'default', '-@write'),
    end: ({ admin }) => admin.acl('SETUSER', 'default', '+@all'),
  },
];

describe('trouble of Redis', () => {
  let server: RedisServer;
  const opened: Redis[] = [];

  function connect(options: RedisOptions = {}, port = server.port): Redis {
    const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => null, ...options });
    redis.on('error', () => undefined);
    opened.push(redis);
    return redis;
  }

  before(async () => {
    server = await redisServer(['--lua-time-limit', '20']);
  });
  afterEach(() => {
    for (const one of opened.splice(0)) one.disconnect();
  });
  after(() => server.stop());

  async function errorOf(work: () => Promise<unknown>): Promise<unknown> {
    try {
      return void (await work());
    } catch (error) {
      return error;
    }
  }

  for (const { code, trouble, begin, end } of states) {
    it(`${code}: ${trouble}, however it is sent, and nothing is done`, async () => {
      const redis = connect();
      await redis.set('key', 'old');
      await begin(server);
      try {
        for (const [way, send] of Object.entries(ways)) {
          const error = await errorOf(() => send(redis));
          expect(findRedisTrouble(error), `${way}: ${String(error)}`).to.deep.equal({ trouble, code });
          const problem = redisProblem(error)!;
          expect([problem.code, problem.status], way).to.deep.equal(['overloaded', 503]);
        }
      } finally {
        await end(server);
      }
      expect(await redis.get('key')).to.equal('old');
      for (const send of Object.values(ways)) await send(redis);
    });
  }

  it('MASTERDOWN for reads of a replica that has lost its master', async () => {
    const { admin } = server;
    const redis = connect();
    await redis.ping();
    await admin.config('SET', 'replica-serve-stale-data', 'no');
    await admin.replicaof('127.0.0.1', 1);
    const error = await errorOf(() => redis.get('key'));
    await admin.replicaof('NO', 'ONE');
    await admin.config('SET', 'replica-serve-stale-data', 'yes');
    expect(findRedisTrouble(error)).to.deep.equal({ trouble: 'elsewhere', code: 'MASTERDOWN' });
  });

  it('BUSY while a script runs, and UNKILLABLE for whoever would end one that has written', async () => {
    const [redis, other] = [connect(), connect()];
    await redis.set('key', 'old');
    const busy = errorOf(() => other.eval('while true do end', 0));
    await until(async () => findRedisTrouble(await errorOf(() => redis.get('key'))) !== undefined);
    for (const send of Object.values(ways))
      expect(findRedisTrouble(await errorOf(() => send(redis)))).to.deep.equal({
        trouble: 'refused',
        code: 'BUSY',
      });
    await redis.script('KILL');
    expect(findRedisTrouble(await busy)).to.deep.equal({ trouble: 'refused', code: 'BUSY' });
    expect(await redis.get('key')).to.equal('old');
  });

  it('UNBLOCKED for whoever waits when its server becomes a replica', async () => {
    const redis = connect();
    const waiting = errorOf(() => redis.bzpopmin('nothing', 0));
    await until(async () => String(await server.admin.client('LIST')).includes('cmd=bzpopmin'));
    await server.admin.replicaof('127.0.0.1', 1);
    const error = await waiting;
    await server.admin.replicaof('NO', 'ONE');
    expect(findRedisTrouble(error)).to.deep.equal({ trouble: 'elsewhere', code: 'UNBLOCKED' });
  });

  it('NOAUTH, WRONGPASS, and no room for one more connection', async () => {
    const { admin } = server;
    await admin.config('SET', 'requirepass', 'right');
    const unnamed = await errorOf(() => connect({ enableReadyCheck: false }).set('key', 'new'));
    const wrong = await errorOf(() => connect({ password: 'wrong' }).set('key', 'new'));
    await admin.config('SET', 'requirepass', '');
    const count = String(await admin.client('LIST'))
      .trim()
      .split('\n').length;
    await admin.config('SET', 'maxclients', String(count));
    const tooMany = await errorOf(() => connect().set('key', 'new'));
    await admin.config('SET', 'maxclients', '1000');
    expect([unnamed, wrong].map(findRedisTrouble)).to.deep.equal([
      { trouble: 'elsewhere', code: 'NOAUTH' },
      { trouble: 'refused', code: 'WRONGPASS' },
    ]);
    // It hangs up at once, which may be seen first.
    expect(findRedisTrouble(tooMany)?.code).to.be.oneOf(['BUSY', 'CONNECTION_CLOSED']);
  });

  it('LOADING while it reads what it has stored', async () => {
    const first = await redisServer();
    const { port, folder, admin } = first;
    for (let i = 0; i < 20; i += 1)
      await admin.mset(
        Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${i}:${n}`, 'x'.repeat(100)])),
      );
    await admin.save();
    const slow = ['--key-load-delay', '5000', '--loading-process-events-interval-bytes', '1024'];
    await first.kill();
    const second = await redisServer(slow, { port, folder });
    try {
      const redis = connect({ enableReadyCheck: false }, port);
      const error = await errorOf(() => redis.set('key', 'new'));
      expect(findRedisTrouble(error)).to.deep.equal({ trouble: 'refused', code: 'LOADING' });
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  it('CLUSTERDOWN from a node without slots, and MOVED from one that gave its slots away', async () => {
    const node = await redisServer(['--cluster-enabled', 'yes']);
    try {
      const redis = connect({}, node.port);
      for (const [way, send] of Object.entries(ways).slice(0, 2)) {
        const error = await errorOf(() => send(redis));
        expect(findRedisTrouble(error), way).to.deep.equal({ trouble: 'refused', code: 'CLUSTERDOWN' });
      }
    } finally {
      await node.stop();
    }
  });

  it('of a connection: not there, lost on the way, too slow', async () => {
    const away = await redisServer();
    const offline = connect({ enableOfflineQueue: false, lazyConnect: true }, away.port);
    const unsent = await errorOf(() => offline.set('key', 'new'));
    const slow = connect({ commandTimeout: 1_500 }, away.port);
    await slow.ping();
    await away.admin.call('CLIENT', 'PAUSE', '4000');
    const late = await errorOf(() => slow.set('key', 'new'));
    const lost = connect({ maxRetriesPerRequest: 0, retryStrategy: () => 10_000 }, away.port);
    await lost.ping();
    const waiting = errorOf(() => lost.bzpopmin('nothing', 0));
    const closed = connect({}, away.port);
    await closed.ping();
    const cutOff = errorOf(() => closed.bzpopmin('nothing', 0));
    await away.stop();
    const found = [unsent, late, await waiting, await cutOff].map(
      (error) => findRedisTrouble(error)?.trouble,
    );
    expect(found).to.deep.equal(['unsent', 'unanswered', 'unanswered', 'unanswered']);
  });

  /** What Redis and its kin answer, of other versions too, that is not asked of the one here. */
  const replies: [text: string, RedisTrouble | undefined][] = [
    [
      "ERR Error running script (call to f_ab12): @user_script:1: @user_script: 1: -READONLY You can't write against a read only replica.",
      'elsewhere',
    ],
    [
      "ERR Error running script (call to f_ab12): @user_script:3: @user_script: 3: -OOM command not allowed when used memory > 'maxmemory'.",
      'refused',
    ],
    ["READONLY You can't write against a read only replica. script: ab12, on @user_script:1.", 'elsewhere'],
    ["-READONLY You can't write against a read only replica.", 'elsewhere'],
    [
      "EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.",
      'refused',
    ],
    ['MOVED 3999 127.0.0.1:6381', 'elsewhere'],
    ['ASK 3999 127.0.0.1:6381', 'refused'],
    ['TRYAGAIN Multiple keys request during rehashing of slot', 'refused'],
    ['CLUSTERDOWN Hash slot not served', 'refused'],
    ['UNKILLABLE Sorry the script already executed write commands against the dataset.', 'refused'],
    ['ERR max number of clients reached', 'refused'],
    [
      'ERR Error running script (call to f_ab12): @user_script:1: Script killed by user with SCRIPT KILL...',
      'refused',
    ],
    ['DENIED Redis is running in protected mode because protected mode is enabled', 'refused'],
    // Faults of ours, and words that only begin alike.
    ['WRONGTYPE Operation against a key holding the wrong kind of value', undefined],
    ['BUSYGROUP Consumer Group name already exists', undefined],
    ['BUSYKEY Target key name already exists.', undefined],
    ['NOSCRIPT No matching script. Please use EVAL.', undefined],
    ["ERR unknown command 'READONLY', with args beginning with: 'OOM'", undefined],
    [
      'ERR Error running script (call to f_ab12): @user_script:1: user_script:1: attempt to index a nil value',
      undefined,
    ],
    ['ERR value is not an integer or out of range', undefined],
    ["CROSSSLOT Keys in request don't hash to the same slot", undefined],
    ['EXECABORT Transaction discarded because of previous errors.', undefined],
    ['constructor', undefined],
    ['', undefined],
  ];
  for (const [text, trouble] of replies) {
    it(`${JSON.stringify(text.slice(0, 60))} is ${trouble ?? 'none'}`, () => {
      const error = Object.assign(new Error(text), { name: 'ReplyError' });
      expect(findRedisTrouble(error)?.trouble).to.equal(trouble);
      expect(findRedisTrouble(new Error('wrapped', { cause: error }))?.trouble).to.equal(trouble);
    });
  }

  it('is not what a text of somebody else happens to begin with', () => {
    const errors = [
      new Error('READONLY'),
      new TypeError('OOM'),
      new Problem('not_found', { detail: 'LOADING' }),
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
      }),
      'READONLY',
      undefined,
    ];
    expect(errors.map(findRedisTrouble)).to.deep.equal(errors.map(() => undefined));
  });
});
