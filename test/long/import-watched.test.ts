/** Watching an import of which there is nothing to tell. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { watch } from '../imports/event-stream.ts';
import { until } from '../support/api-keys.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('whoever watches an import that stands still', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('is told that the connection is alive, and of the end when it comes', async () => {
    const as = await apiKey('acme');
    const rows = Array.from({ length: 6_000 }, () => ({ email: `${randomUUID()}@watched.example` }));
    const path = await accepted(rows, { as, query: '?channel=row_by_row' });
    await call('POST', `${path}/pause`, { as });
    const watcher = await watch(path, as);
    await until(() => Promise.resolve(watcher.comments.length > 0));
    expect(watcher.comments[0]!.trim()).to.equal('still there');
    await call('POST', `${path}/cancel`, { as });
    await watcher.ended;
    expect(watcher.told.at(-1)!.state.status).to.equal('cancelled');
  });
});
