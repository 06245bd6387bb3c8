import type { ImportError, Job, Metadata, StoredUser } from '../../store/records.ts';
import { inConnection, type Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules, type Rule } from '../body-rules.ts';
import { checkAppMetadata, createUser, type NewUser } from '../users/new-user.ts';
import { NEW_USER } from '../users/user-rules.ts';

const {
  password: _notInFiles,
  connection: _ofTheJob,
  verify_email: _never,
  ...PROFILE
} = NEW_USER.properties;

/** Auth0 docs, "Bulk import user database schema": no plain passwords. */
const IMPORTED_USER: BodyRules = {
  required: ['email'],
  properties: {
    ...(PROFILE as Record<string, Rule>),
    password_hash: { type: 'string', pattern: /^\$2[ab]\$10\$[./A-Za-z0-9]{53}$/ },
    custom_password_hash: { type: 'object' },
    mfa_factors: { type: 'array', minItems: 1, maxItems: 10, items: { type: 'object' } },
  },
};

/**
 * @param index of the user in the job
 * @returns its outcome. Codes: Auth0 docs, "Bulk user imports"; recorded for DUPLICATED_USER.
 */
export function importUser(
  store: Store,
  job: Job,
  { users, upsert }: NonNullable<Job['import']>,
  index: number,
  now: Date,
): 'inserted' | 'updated' | ImportError {
  const user = users[index];
  try {
    const input = checkBody(user, IMPORTED_USER) as unknown as NewUser;
    checkAppMetadata(input.app_metadata);
    const connection = job.connection ?? '';
    const email = input.email?.toLowerCase() ?? '';
    const known = store.users.first('connectionEmail', inConnection(connection, email));
    // A user from the same file is a duplicate, whatever `upsert` says.
    if (known && upsert && !isEarlierInFile(users, index, email)) {
      store.users.put(overwritten(known, input, now));
      return 'updated';
    }
    if (known) return failed(user, 'DUPLICATED_USER', 'The user already exist and upsert parameter is false');
    createUser(store, { ...input, connection }, now, { needsPassword: false });
    return 'inserted';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // The remaining conflicts are the id and the user name.
    if (error.status === 409) return failed(user, 'CONFLICT', error.message);
    return failed(user, error.rule ?? 'NOT_PASSED', error.message);
  }
}

/** Metadata are replaced, not merged (Auth0 docs, "Bulk user imports"). */
function overwritten(known: StoredUser, input: NewUser, now: Date): StoredUser {
  const { connection: _same, user_id: _kept, password: _none, email: _found, ...changes } = input;
  return {
    ...known,
    profile: {
      ...known.profile,
      ...(changes as { user_metadata?: Metadata; app_metadata?: Metadata }),
      updated_at: now.toISOString(),
    },
  };
}

function isEarlierInFile(users: readonly unknown[], index: number, email: string): boolean {
  return users
    .slice(0, index)
    .some((one) => String((one as { email?: unknown } | null)?.email).toLowerCase() === email);
}

function failed(user: unknown, code: string, message: string): ImportError {
  return { user, errors: [{ code, message }] };
}
