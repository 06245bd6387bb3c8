/** The file of an import job: a JSON array of users (Auth0 docs, "Bulk user import database schema"). */
import { rowUserId } from '../../../src/imports/row-outcome.ts';
import type { JobRow } from '../../../src/imports/import-jobs/batches.ts';
import { DEFAULT_ROLES } from '../../relay/users/user-creation.ts';

/** Maximum size of the file: the whole request may have 512,000 bytes (Auth0 docs, "Bulk user imports"), including the multipart form. */
export const FILE_BYTES = 500_000;

interface Owner {
  id: string;
  tenantId: string;
}

/** One user of the file, with a predetermined id, by which the job's errors and the created user are matched to the row. */
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
