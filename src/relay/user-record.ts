/** Users as relay jobs and imports speak of them: the contract's own shapes. What Auth0 has is `auth0/management-users.ts`'s. */
import type { components } from '../contract/generated.ts';

export type UserRecord = components['schemas']['User'];
/** `null` removes a value. Never `app_metadata`: it says whose the user is. */
export type UserChangesRecord = components['schemas']['UserChanges'];
/** What is left out has its default where the user is made. */
export type NewUserRecord = Partial<Omit<NewUser, 'email' | 'roles'>> &
  Pick<NewUser, 'email'> & { roles?: string[] };

type NewUser = components['schemas']['NewUser'];
