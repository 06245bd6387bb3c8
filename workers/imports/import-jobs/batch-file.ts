/** What an import job is sent: a JSON array of users (Auth0 docs, "Bulk user import database schema"). */
import { rowUserId } from '../../../src/imports/row-outcome.ts';
import type { JobRow } from '../../../src/imports/import-jobs/batches.ts';
import { DEFAULT_ROLES } from '../../relay/tenant-users.ts';

/** The whole request may have 512,000 bytes (Auth0 docs, "Bulk user imports"); the form around the file has some of them. */
export const FILE_BYTES = 500_000;

interface Owner {
  id: string;
  tenantId: string;
}

/** One user of the file. Its id is chosen by us: what the job says of it, and what was done, is told by it. */
export function recordOf({ id, tenantId }: Owner, { number, user }: JobRow): string {
  const { password: _goesOneByOne, roles = DEFAULT_ROLES, email_verified = false, ...profile } = user;
  return JSON.stringify({
    ...profile,
    user_id: rowUserId(id, number),
    email_verified,
    app_metadata: { tenant_id: tenantId, roles },
  });
}

export const fileOf = (owner: Owner, rows: readonly JobRow[]): Buffer =>
  Buffer.from(`[${rows.map((row) => recordOf(owner, row)).join()}]`);
