/** Calls for users and their import jobs. Part of `management.ts`. */
import type { Management as Auth0 } from 'auth0';
import { answerOf, type ManagementTransport } from './management-transport.ts';

/** The members of an Auth0 user that we read. */
export type Auth0User = { user_id: string } & Pick<
  Auth0.GetUserResponseContent,
  | 'email'
  | 'email_verified'
  | 'name'
  | 'given_name'
  | 'family_name'
  | 'nickname'
  | 'picture'
  | 'blocked'
  | 'user_metadata'
  | 'app_metadata'
  | 'created_at'
  | 'updated_at'
  | 'last_login'
  | 'logins_count'
  | 'identities'
>;

/** Fields with defaults at Auth0 are always set. */
export type NewAuth0User = Auth0.CreateUserRequestContent &
  Required<
    Pick<
      Auth0.CreateUserRequestContent,
      'user_id' | 'email' | 'password' | 'email_verified' | 'verify_email' | 'app_metadata'
    >
  >;

/** Of `app_metadata` only the roles, and `null` for what a person loses with a tenant; or a tenant's settings. */
export type Auth0UserChanges = Omit<
  Auth0.UpdateUserRequestContent,
  'app_metadata' | 'password' | 'connection' | 'client_id'
> & { app_metadata?: UserRolesAt | { trivium_tenant: Record<string, string> } };

/** A user's roles in the tenant that it belongs to, and in organizations whose guest it is, by their ids (`whose-user.ts`). */
type UserRolesAt = {
  tenant_id?: null;
  roles?: string[] | null;
  [organization: `org_${string}`]: { roles: string[] } | null;
};

/** What makes a user a tenant's; the mark of a guest goes. */
type HomeMarks = { tenant_id: string; roles: string[]; [organization: `org_${string}`]: null };

/** The members of a session that we read (Auth0 docs, "Manage user sessions"). */
export interface Auth0Session {
  id: string;
  created_at?: string | null;
  last_interacted_at?: string | null;
  expires_at?: string | null;
  device?: {
    initial_user_agent?: string | null;
    last_user_agent?: string | null;
    initial_ip?: string | null;
    last_ip?: string | null;
  };
  clients?: { client_id?: string }[];
}

/** An import job (Auth0 docs, "Bulk user imports"). */
export interface ImportJob {
  status: string;
  /** While it is running. */
  percentage_done?: number;
  /** Once it has ended. `completed`, even if every single user failed. */
  summary?: { failed?: number; updated?: number; inserted?: number; total?: number };
}

export interface UserCalls {
  createUser(user: NewAuth0User): Promise<Auth0User>;
  getUser(userId: string): Promise<Auth0User>;
  findUsersByEmail(email: string): Promise<Auth0User[]>;
  /** @param query Lucene, built by us; a text of the operator's only in an adoption, never a tenant's. `total` also counts what Auth0 does not serve */
  searchUsers(
    query: string,
    options: { page: number; perPage: number; sort: string },
  ): Promise<{ users: Auth0User[]; total: number }>;
  /** Metadata is merged at the first level; `null` removes a member. */
  updateUser(userId: string, changes: Auth0UserChanges): Promise<Auth0User>;
  /** Makes the user a tenant's: nothing else writes `tenant_id` to a user who exists. Other metadata stay. */
  adoptUser(userId: string, marks: HomeMarks): Promise<Auth0User>;
  /** Idempotent: 404 counts as success. */
  deleteUser(userId: string): Promise<void>;
  /** @returns the URL for setting a new password */
  createPasswordTicket(userId: string, lifetimeSeconds: number): Promise<string>;
  sendVerificationEmail(userId: string): Promise<void>;
  /** The first `SESSIONS` of them. */
  listSessions(userId: string): Promise<Auth0Session[]>;
  /** Ends all sessions and refresh tokens of the user; Auth0 does so a little later. */
  endSessions(userId: string): Promise<void>;
  /** Never overwrites existing users, and sends no mail. @returns the job's id */
  createUsersImport(file: { users: Buffer; connectionId: string; externalId: string }): Promise<string>;
  getImportJob(jobId: string): Promise<ImportJob>;
  /**
   * @returns errors per user, as Auth0 reports them; empty when there are none, or when the job did not get that far
   */
  getImportErrors(jobId: string): Promise<unknown[]>;
}

/** Auth0's largest page. */
const SESSIONS = 100;

export function userCalls({ read, write, gone }: ManagementTransport): UserCalls {
  return {
    createUser: (user) => write(async (sdk) => answerOf<Auth0User>(await sdk.users.create(user))),
    getUser: (userId) => read(async (sdk) => answerOf<Auth0User>(await sdk.users.get(userId))),
    findUsersByEmail: (email) =>
      read(async (sdk) => answerOf<Auth0User[]>(await sdk.users.listUsersByEmail({ email }))),
    searchUsers: (query, { page, perPage, sort }) =>
      read(async (sdk) => {
        const found = await sdk.users.list({
          q: query,
          search_engine: 'v3',
          per_page: perPage,
          page,
          sort,
          include_totals: true,
        });
        const { total = 0 } = answerOf<{ total?: number }>(found.response);
        return { users: answerOf(found.data), total };
      }),
    updateUser: (userId, changes) =>
      write(async (sdk) => answerOf<Auth0User>(await sdk.users.update(userId, changes))),
    adoptUser: (userId, app_metadata) =>
      write(async (sdk) => answerOf<Auth0User>(await sdk.users.update(userId, { app_metadata }))),
    deleteUser: (userId) => gone(() => write(async (sdk) => void (await sdk.users.delete(userId)))),
    createPasswordTicket: (user_id, ttl_sec) =>
      write(async (sdk) => (await sdk.tickets.changePassword({ user_id, ttl_sec })).ticket),
    sendVerificationEmail: (user_id) =>
      write(async (sdk) => void (await sdk.jobs.verificationEmail.create({ user_id }))),
    listSessions: (userId) =>
      read(async (sdk) =>
        answerOf<Auth0Session[]>((await sdk.users.sessions.list(userId, { take: SESSIONS })).data),
      ),
    endSessions: (userId) => write(async (sdk) => void (await sdk.users.revokeAccess(userId))),
    createUsersImport: ({ users, connectionId, externalId }) =>
      write(async (sdk) => {
        const file = { data: users, filename: 'users.json', contentType: 'application/json' };
        const job = await sdk.jobs.usersImports.create({
          users: file,
          connection_id: connectionId,
          external_id: externalId,
          // An upsert could overwrite another tenant's user.
          upsert: false,
          send_completion_email: false,
        });
        return job.id;
      }),
    getImportJob: (jobId) => read(async (sdk) => answerOf<ImportJob>(await sdk.jobs.get(jobId))),
    getImportErrors: (jobId) =>
      read(async (sdk) => {
        const errors: unknown = await sdk.jobs.errors.get(jobId);
        return Array.isArray(errors) ? answerOf(errors) : [];
      }),
  };
}
