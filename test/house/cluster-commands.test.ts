/** What stores ask Redis for can be asked of a cluster. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redisCommandsOf } from '../../src/start/redis-commands.ts';

/** Answered by one node for itself only, whichever is asked. */
const OF_ONE_NODE = new Set(
  'keys scan scanstream scanbufferstream dbsize flushall flushdb randomkey select swapdb wait waitaof monitor time script blpop brpop'.split(
    ' ',
  ),
);

/** Commands that a module must not call, and why. */
function faultsOf(text: string, file = 'module.ts'): string[] {
  return redisCommandsOf(text, file).filter((name) => OF_ONE_NODE.has(name.toLowerCase()));
}

const files = ['src', 'workers'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^(stand-in|command-line|contract|start)\//.test(name))
    .map((name) => join(folder, name)),
);

/** Asks each master. */
const OF_ALL_MASTERS = join('src', 'redis', 'all-masters.ts');

/** Pipelines whose keys share a hash tag: there each is allowed by name. */
const PIPELINES: Record<string, string> = {
  'src/authority-events/own-changes.ts': 'all in {events}',
  'src/diagnosis/refusal-store.ts': 'one key',
  'src/registry/user-marks.ts': 'all in {registry}',
};

describe('commands on a cluster', () => {
  it('are recognized when one node would answer for itself', () => {
    expect(faultsOf("const f = (redis: Redis) => redis.keys('a*');")).to.deep.equal(['keys']);
    expect(faultsOf('const f = (redis: Redis) => redis.time();')).to.deep.equal(['time']);
    expect(faultsOf("const f = (redis: Redis) => redis.get('a');")).to.deep.equal([]);
  });

  it('are answered for the whole cluster', () => {
    const faults = files
      .filter((file) => file !== OF_ALL_MASTERS)
      .flatMap((file) =>
        faultsOf(readFileSync(file, 'utf8'), file).map(
          (name) =>
            `${file} calls ${name}, which one node of a cluster answers for itself: ask by a key, or all masters`,
        ),
      );
    expect(faults).to.deep.equal([]);
  });

  it('are put into a pipeline only where they have one hash tag', () => {
    const found = files.filter((file) => /\bredis\s*\.pipeline\(/.test(readFileSync(file, 'utf8')));
    expect(
      found.sort(),
      'a cluster refuses a pipeline whose keys are on several masters: use Promise.all, or name the tag here',
    ).to.deep.equal(Object.keys(PIPELINES));
  });
});
