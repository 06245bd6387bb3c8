/** What relay jobs may do at Auth0: each declares one of these, and its performer gets that and nothing else. */
import type { callGroups, ManagementCall } from '../auth0/call-groups.ts';

/** Access → its calls to the Management API. */
interface AccessCalls {
  /** Users of the job's tenant, through `TenantUsers`, which checks whose a user is. */
  'tenant-users':
    | 'getUser'
    | 'createUser'
    | 'findUsersByEmail'
    | 'searchUsers'
    | 'updateUser'
    | 'deleteUser'
    | 'createPasswordTicket'
    | 'sendVerificationEmail'
    | 'listSessions'
    | 'endSessions'
    | 'addMembers'
    | 'removeMember'
    | 'organizationsOf'
    | 'listGrants'
    | 'deleteGrant';
  /** The caller's own consents, through `OwnConsents`; while the tenant changes over, whether the caller is at home there. */
  'own-consents': 'listGrants' | 'deleteGrant' | 'getUser';
  /** Clients of API keys. */
  'api-keys':
    | 'createMachineClient'
    | 'listMachineClients'
    | 'renameClient'
    | 'rotateClientSecret'
    | 'deleteClient'
    | 'createClientGrant'
    | 'listClientGrants'
    | 'updateClientGrant'
    | 'deleteClientGrant'
    | 'missingScopes';
  /** Clients of third-party apps. */
  apps:
    | 'createThirdPartyClient'
    | 'registerDocument'
    | 'listCallbacks'
    | 'listThirdPartyClients'
    | 'updateClient'
    | 'replaceClientKeys'
    | 'rotateClientSecret'
    | 'deleteClient'
    | 'createUserGrantOf'
    | 'listClientGrants'
    | 'updateClientGrant'
    | 'deleteClientGrant';
  /** The whole account: for the few jobs that create or delete a tenant. */
  management: ManagementCall;
}

export type Access = keyof AccessCalls;
export type CallOf<A extends Access> = AccessCalls[A];

/** Calls that are paid from the same bucket as this one. */
export type CallLike<First extends ManagementCall> = {
  [Call in ManagementCall]: (typeof callGroups)[Call] extends (typeof callGroups)[First] ? Call : never;
}[ManagementCall];
