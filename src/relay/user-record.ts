/** Users in relay jobs and imports: the contract's own types. For Auth0's see `auth0/management-users.ts`. */
import type { components } from '../contract/generated.ts';

export type UserRecord = components['schemas']['User'];
/** `null` removes a value. Never `app_metadata`, which holds the user's tenant. */
export type UserChangesRecord = components['schemas']['UserChanges'];
/** Fields left out get their default when the user is created. */
export type NewUserRecord = Partial<Omit<NewUser, 'email' | 'roles'>> &
  Pick<NewUser, 'email'> & { roles?: string[] };

type NewUser = components['schemas']['NewUser'];
