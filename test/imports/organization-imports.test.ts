/** Imports into tenants that are organizations: on both channels each created user becomes a member, by one call for ten. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { apiKey } from '../support/callers.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import { moveIntoWorldOf } from '../support/tenancies.ts';

const HASH = '$2b$10$CwTycUXWue0Thq9StjUM0uJ8.LrXnF6jJ.QqQZ7l1Z5pH8x8lG2mK';

describe('imports into an organization', () => {
  moveIntoWorldOf('organization');

  for (const channel of ['row_by_row', 'import_jobs'] as const)
    it(`make members of the created users: ${channel}`, async function () {
      this.timeout(120_000);
      const as = await apiKey('acme');
      const run = randomUUID().slice(0, 8);
      const more = channel === 'import_jobs' ? { password_hash: HASH } : {};
      const rows = Array.from({ length: 25 }, (_, i) => ({ email: `m${i}-${run}@org.example`, ...more }));
      const path = await accepted([...rows, { email: 'none' }], { as, query: `?channel=${channel}` });
      expect((await ended(path, as)).counts).to.deep.include({ created: 25, failed: 1, pending: 0 });
      const created = (await rowsOf(path, '&status=created')).map(({ user_id }) => user_id as string);
      const sdk = await management();
      const organizations: string[][] = [];
      for (const id of created) {
        const { data } = await sdk.users.organizations.list(id);
        organizations.push(data.map(({ id: organization }) => organization!));
      }
      expect(new Set(organizations.map((ids) => ids.length))).to.deep.equal(new Set([1]));
      expect(new Set(organizations.flat()).size).to.equal(1);
    });
});
