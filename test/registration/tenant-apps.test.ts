/** The list of a tenant's apps, a page at a time. */
import { expect } from 'chai';
import { keys } from '../../src/redis/keys.ts';
import { AppAdministration } from '../../src/registration/app-administration.ts';
import type { AppPlace } from '../../src/registry/app-places.ts';
import { Apps } from '../../src/registry/apps.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';

const seal = createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) });
const COUNT = 450;

describe('the apps of a tenant', () => {
  const redis = redisAlone();
  const isGone = (n: number) => n % 50 === 7;
  /** Vouched for by another tenant, and pending. */
  const isOfOthers = (n: number) => n % 100 === 11;

  async function fill(): Promise<void> {
    for (let n = 0; n < COUNT; n += 1) {
      const id = `app-${String(n).padStart(3, '0')}`;
      // Several in the same millisecond.
      await redis().zadd(keys.appsOf('acme'), 1_000 + Math.floor(n / 3), id);
      if (isGone(n)) continue;
      const app = {
        kind: 'app',
        client_id: id,
        name: id,
        scopes: [],
        status: 'pending',
        vouched_by: isOfOthers(n) ? 'globex' : undefined,
      };
      await redis().hset(keys.clients, id, JSON.stringify(app));
    }
  }

  it('are listed newest first, each once, in pages, and those that are gone leave the list', async () => {
    await fill();
    const administration = new AppAdministration(redis(), new Apps(redis(), seal));
    const found: string[] = [];
    let after: AppPlace | undefined;
    do {
      const { apps, next } = await administration.listFor('acme', 60, after);
      expect(apps.length).to.be.at.most(60);
      found.push(...apps.map(({ app }) => app.client_id));
      after = next;
    } while (after);
    const ids = await redis().zrevrange(keys.appsOf('acme'), 0, -1);
    expect(found).to.deep.equal(ids.filter((id) => !isOfOthers(Number(id.slice(4)))));
    expect(ids.filter((id) => isGone(Number(id.slice(4))))).to.deep.equal([]);
    expect((await administration.listFor('initech', 60, undefined)).apps).to.deep.equal([]);
  });
});
