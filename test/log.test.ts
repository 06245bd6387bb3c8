/** What the log says of an error: enough to find it, and nothing that anybody sent. */
import { expect } from 'chai';
import { connect } from 'node:net';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { errors, jwtVerify, SignJWT } from 'jose';
import { ManagementFailure } from '../src/auth0/errors.ts';
import { createLog, suppressLogged } from '../src/log.ts';
import { Problem } from '../src/problem.ts';
import { anyFreePort } from '../src/start/ports.ts';
import { redisServer } from './support/redis-server.ts';

interface Line {
  msg: string;
  err: {
    type: string;
    code?: string;
    message?: string;
    at?: string[];
    cause?: Line['err'];
    errors?: Line['err'][];
    [field: string]: unknown;
  };
}

function logged() {
  const lines: Line[] = [];
  const log = createLog('trace', [], { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
  return { log, lines };
}

function described(err: unknown): Line['err'] {
  const { log, lines } = logged();
  log.error({ err }, 'failed');
  return lines[0]!.err;
}

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    return error;
  }
};

describe('the log', () => {
  const SECRET = 'ada@acme.example';

  class NamedByItsClass extends Error {}
  class SdkError extends Error {
    statusCode = 400;
    body = { email: SECRET };
  }

  const errorsOfOthers: [what: string, make: () => unknown, expected: Partial<Line['err']>][] = [
    ['a plain error', () => new Error(`no such user: ${SECRET}`), { type: 'Error' }],
    ['one that does not name itself', () => new NamedByItsClass(SECRET), { type: 'NamedByItsClass' }],
    ['an SDK error', () => new SdkError(`Payload: ${SECRET}`), { type: 'SdkError', status: 400 }],
    ['JSON that is none', () => JSON.parse(`{"email": ${SECRET}`), { type: 'SyntaxError' }],
    ['a header that is none', () => new Headers().append('x', `${SECRET}\0`), { type: 'TypeError' }],
    [
      'an address that is none',
      () => new URL(`redis://:${SECRET}[@host:port`),
      { type: 'TypeError', code: 'ERR_INVALID_URL', message: 'Invalid URL' },
    ],
    [
      'what is not there',
      () => (undefined as never as { email: string }).email,
      { type: 'TypeError', message: "Cannot read properties of undefined (reading 'email')" },
    ],
    ['a time-out', () => AbortSignal.timeout(0), {}],
    ['an error that was no error', () => Promise.reject(SECRET), {}], // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- somebody's may
    [
      'ours',
      () => new ManagementFailure('exists', { status: 409 }),
      { type: 'ManagementFailure', message: 'Management API: exists (409)' },
    ],
    [
      'a problem with its reason',
      () => new Problem('overloaded', { internal: 'an outbox is full' }),
      { type: 'Problem', code: 'overloaded', message: 'an outbox is full' },
    ],
    [
      'one in another',
      () =>
        new Error(SECRET, {
          cause: new Error(SECRET, { cause: Object.assign(new Error(SECRET), { code: 'E_DEEP' }) }),
        }),
      { type: 'Error' },
    ],
  ];
  for (const [what, make, expected] of errorsOfOthers) {
    it(`names ${what}, and quotes nothing that was sent`, async () => {
      const err = described(await thrownBy(make));
      expect(err).to.include(expected);
      expect(JSON.stringify(err)).to.not.include(SECRET);
      if (expected.type !== undefined) expect(err.at, 'place').to.have.length.above(0);
    });
  }

  it('goes into causes, and not for ever', () => {
    const inner = Object.assign(new Error(SECRET), { code: 'E_DEEP' });
    expect(described(new Error('outer', { cause: inner })).cause).to.include({
      type: 'Error',
      code: 'E_DEEP',
    });
    const circle = new Error('circle');
    circle.cause = circle;
    expect(JSON.stringify(described(circle)).length).to.be.below(20_000);
  });

  it('says of a connection where it led', async () => {
    const port = await anyFreePort();
    const [error] = (await once(connect(port, '127.0.0.1'), 'error').catch((e: unknown) => [e])) as [Error];
    expect(described(error)).to.include({
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: '127.0.0.1',
      port,
      message: `connect ECONNREFUSED 127.0.0.1:${port}`,
    });
    const both = await thrownBy(() => fetch(`http://localhost:${port}/?email=${SECRET}`));
    const found = described(both);
    expect([found.message, found.cause?.code]).to.deep.equal(['fetch failed', 'ECONNREFUSED']);
    expect(JSON.stringify(found)).to.not.include(SECRET);
  });

  it('says which check of a token failed', async () => {
    const key = new Uint8Array(32).fill(1);
    const token = await new SignJWT({ aud: SECRET }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    const error = await thrownBy(() => jwtVerify(token, key, { audience: 'https://api.example' }));
    expect(error).to.be.instanceOf(errors.JWTClaimValidationFailed);
    expect(described(error)).to.include({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
      message: 'unexpected "aud" claim value',
    });
  });

  it('says what Redis answered, and never with which command', async () => {
    const server = await redisServer();
    const redis = new Redis(server.port, '127.0.0.1');
    try {
      const wrong = await thrownBy(() =>
        redis.set('text', SECRET).then(() => redis.hset('text', 'a', SECRET)),
      );
      expect(described(wrong)).to.include({ type: 'ReplyError', code: 'WRONGTYPE' });
      expect(described(wrong).message).to.match(/^WRONGTYPE Operation against a key/);
      for (const work of [
        () => redis.call('NOSUCH', SECRET),
        () => redis.eval(`return redis.error_reply(ARGV[1])`, 0, `ERR user_script: ${SECRET}`),
        () => redis.call('AUTH', 'nobody', SECRET),
      ]) {
        const err = described(await thrownBy(work));
        expect(err.type).to.equal('ReplyError');
        expect(err.code).to.be.a('string');
        expect(JSON.stringify(err)).to.not.include(SECRET);
      }
    } finally {
      redis.disconnect();
      await server.stop();
    }
  });

  it('leaves out what has been told of, and nothing else', () => {
    const { log, lines } = logged();
    const told = new Error('told');
    suppressLogged(log, (error) => error === told);
    log.error({ err: told }, 'once more');
    log.warn({ err: told, request_id: 'r' }, 'once more');
    log.error({ err: new Error('new') }, 'new');
    log.info({ count: 1 }, 'counted');
    log.info('said');
    expect(lines.map(({ msg }) => msg)).to.deep.equal(['new', 'counted', 'said']);
  });
});
