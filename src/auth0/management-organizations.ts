/** Calls for organizations and their members (Auth0 docs, "Organizations"). Part of `management.ts`. */
import { ManagementFailure } from './errors.ts';
import { answerOf, nextOf, type ManagementTransport } from './management-transport.ts';

export interface Auth0Organization {
  /** `org_…`: stays, while `name` can change and be used again. */
  id: string;
  name: string;
  metadata?: Record<string, string>;
  third_party_client_access?: 'allow' | 'block';
}

/** A connection by which users may sign in to an organization. */
export interface OrganizationConnection {
  connection_id: string;
  /** Whoever signs in by it becomes a member. */
  assign_membership_on_login?: boolean;
  /** `strategy`: `auth0` for a database. */
  connection?: { name?: string; strategy?: string };
}

export interface NewOrganization {
  /** Unique in the account: 1 to 50 of `a-z`, `0-9`, `_`, `-`. */
  name: string;
  displayName: string;
  /** At most 25 values of 255 characters. */
  metadata: Record<string, string>;
  connectionId: string;
}

/** Auth0 adds and removes this many members in one call. */
export const MEMBERS_PER_CALL = 10;

export interface OrganizationCalls {
  /** Third-party apps may act for its members. @throws ManagementFailure `exists` when the name is taken */
  createOrganization(wanted: NewOrganization): Promise<Auth0Organization>;
  /** @returns undefined when there is none */
  findOrganization(id: string): Promise<Auth0Organization | undefined>;
  /** @returns undefined when there is none */
  findOrganizationByName(name: string): Promise<Auth0Organization | undefined>;
  /** @param from undefined: the first page. @returns `next`: where the next page begins; undefined after the last one */
  listOrganizations(
    from: string | undefined,
    take: number,
  ): Promise<{ organizations: Auth0Organization[]; next?: string }>;
  /** Replaces all of `metadata`. */
  updateOrganization(
    id: string,
    changes: { metadata?: Record<string, string>; third_party_client_access?: 'allow' | 'block' },
  ): Promise<Auth0Organization>;
  /** Its members stay users. Idempotent: 404 counts as success. */
  deleteOrganization(id: string): Promise<void>;
  /** Lets members sign in by the connection. @throws ManagementFailure `exists` when it is enabled already */
  enableOrganizationConnection(id: string, connectionId: string): Promise<void>;
  /** All of them: Auth0 allows ten. */
  listOrganizationConnections(id: string): Promise<OrganizationConnection[]>;
  /** Nobody becomes a member by signing in by this connection, or by signing up with it. */
  endJoiningByLogin(id: string, connectionId: string): Promise<void>;
  /** @param userIds at most `MEMBERS_PER_CALL`; those who are members already stay so. @throws ManagementFailure `exists` only for several */
  addMembers(id: string, userIds: readonly string[]): Promise<void>;
  /** Idempotent: who is no member stays none. Takes effect within ten seconds (Auth0 docs, "Remove members"). */
  removeMember(id: string, userId: string): Promise<void>;
  /** Ids of members; lags behind changes. @returns `next`: where the next page begins; undefined after the last one */
  listMembers(
    id: string,
    from: string | undefined,
    take: number,
  ): Promise<{ userIds: string[]; next?: string }>;
  /** Ids of the organizations that the user is a member of: none for an unknown user. */
  organizationsOf(userId: string): Promise<string[]>;
}

/** Auth0's largest page of a user's organizations, and of an organization's connections. */
const PER_PAGE = 100;

export function organizationCalls({ read, write, gone }: ManagementTransport): OrganizationCalls {
  return {
    createOrganization: ({ name, displayName, metadata, connectionId }) =>
      write(async (sdk) =>
        answerOf<Auth0Organization>(
          await sdk.organizations.create({
            name,
            display_name: displayName,
            metadata,
            enabled_connections: [{ connection_id: connectionId, assign_membership_on_login: false }],
            third_party_client_access: 'allow',
          }),
        ),
      ),
    findOrganization: (id) =>
      absentIfUnknown(read(async (sdk) => answerOf<Auth0Organization>(await sdk.organizations.get(id)))),
    findOrganizationByName: (name) =>
      absentIfUnknown(
        read(async (sdk) => answerOf<Auth0Organization>(await sdk.organizations.getByName(name))),
      ),
    listOrganizations: (from, take) =>
      read(async (sdk) => {
        const found = await sdk.organizations.list({ take, ...(from !== undefined && { from }) });
        const organizations = answerOf<Auth0Organization[]>(found.data);
        return { organizations, ...nextOf(found.response, organizations, take) };
      }),
    updateOrganization: (id, changes) =>
      write(async (sdk) => answerOf<Auth0Organization>(await sdk.organizations.update(id, changes))),
    deleteOrganization: (id) => gone(() => write(async (sdk) => void (await sdk.organizations.delete(id)))),
    enableOrganizationConnection: (id, connection_id) =>
      write(
        async (sdk) =>
          void (await sdk.organizations.enabledConnections.add(id, {
            connection_id,
            assign_membership_on_login: false,
          })),
      ),
    listOrganizationConnections: (id) =>
      read(async (sdk) => {
        const found = await sdk.organizations.enabledConnections.list(id, { per_page: PER_PAGE });
        return answerOf<OrganizationConnection[]>(found.data);
      }),
    // Auth0 refuses sign-up without membership.
    endJoiningByLogin: (id, connectionId) =>
      write(
        async (sdk) =>
          void (await sdk.organizations.enabledConnections.update(id, connectionId, {
            assign_membership_on_login: false,
            is_signup_enabled: false,
          })),
      ),
    addMembers: (id, userIds) =>
      write(
        async (sdk) => void (await sdk.organizations.members.create(id, { members: [...userIds] })),
      ).catch((error: unknown) => {
        const isMember = error instanceof ManagementFailure && error.kind === 'exists';
        if (!isMember || userIds.length > 1) throw error;
      }),
    removeMember: (id, userId) =>
      gone(() =>
        write(async (sdk) => void (await sdk.organizations.members.delete(id, { members: [userId] }))),
      ),
    listMembers: (id, from, take) =>
      read(async (sdk) => {
        const query = { take, fields: 'user_id', ...(from !== undefined && { from }) };
        const found = await sdk.organizations.members.list(id, query);
        const members = answerOf<{ user_id: string }[]>(found.data);
        return { userIds: members.map(({ user_id }) => user_id), ...nextOf(found.response, members, take) };
      }),
    organizationsOf: async (userId) => {
      const ids: string[] = [];
      for (let page = 0; ; page += 1) {
        const found = await absentIfUnknown(
          read(async (sdk) => {
            const answer = await sdk.users.organizations.list(userId, { page, per_page: PER_PAGE });
            return answerOf<{ id: string }[]>(answer.data);
          }),
        );
        ids.push(...(found ?? []).map(({ id }) => id));
        if (!found || found.length < PER_PAGE) return ids;
      }
    },
  };
}

/** Auth0 answers 400 for an id of an unknown format; nothing has such an id. */
function absentIfUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof ManagementFailure && (error.kind === 'not_found' || error.kind === 'invalid'))
      return undefined;
    throw error;
  });
}
